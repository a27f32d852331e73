internal import Files
private import Foundation
private import Pipeline
private import Synchronization

/// Work on an output that has no place to stop at.
enum OutputWork {
  /// Does the work while the place is kept. A signal takes back what was begun and ends the program.
  ///
  /// - Parameter claim: nil where the output is not a file.
  static func run(_ claim: OutputClaim?, _ work: () throws -> Void) throws {
    let isEnding = Atomic<Bool>(false)
    let listener = SignalListener {
      isEnding.store(true, ordering: .relaxed)
      claim?.abandon()
      _exit(ExitStatus.interrupted.rawValue)
    }
    defer { claim?.release() }
    do {
      try work()
    } catch {
      // It fails because its file was taken away: the end is near.
      while isEnding.load(ordering: .relaxed) { pause() }
      throw error
    }
    _ = consume listener
  }
}
