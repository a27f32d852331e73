private import Foundation
internal import Pipeline

/// Several workers of a batch, each a process: one that dies takes nothing with it but its own attempt.
struct WorkerPool {
  let count: Int
  /// How many workers that died of signals are followed by others.
  private static let deaths = 100

  /// Runs workers until they have done all there is. One that a signal ended is followed by another.
  ///
  /// - Returns: The worst of their statuses.
  func run(_ arguments: [String], _ interruption: Interruption) throws -> ExitStatus {
    var workers: [Process] = []
    var ends: [ExitStatus] = []
    var deaths = 0
    for _ in 0..<count { workers.append(try start(arguments)) }
    var isToldToEnd = false
    while !workers.isEmpty {
      usleep(50_000)
      if interruption.isRequested, !isToldToEnd {
        for worker in workers { worker.terminate() }
        isToldToEnd = true
      }
      for (index, worker) in workers.enumerated().reversed() where !worker.isRunning {
        workers.remove(at: index)
        if worker.terminationReason == .exit {
          ends.append(ExitStatus(rawValue: worker.terminationStatus) ?? .failed)
          continue
        }
        deaths += 1
        if isToldToEnd { continue }
        Terminal.say("posetrail: a worker was ended by signal \(worker.terminationStatus); its job is tried again")
        if deaths > Self.deaths { ends.append(.failed) } else { workers.append(try start(arguments)) }
      }
    }
    return ExitStatus.combined((ends, isToldToEnd))
  }

  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(
      filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    process.arguments = arguments
    try process.run()
    return process
  }
}
