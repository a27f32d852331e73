internal import Foundation

/// Runs the real binary, which the tests were built beside.
enum Posetrail {
  struct Outcome {
    var status: Int32
    var output: String
    var messages: String
  }

  static var binary: URL {
    var folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(filePath: ".")
    while folder.path != "/" {
      let candidate = folder.appending(path: "posetrail")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return URL(filePath: "posetrail")
  }

  static func run(_ arguments: [String], in folder: URL) throws -> Outcome {
    try start(arguments, in: folder).wait()
  }

  /// A run that goes on while the test does something else. It can write no file larger than `largestFile` bytes.
  static func start(
    _ arguments: [String], in folder: URL, largestFile: Int? = nil, environment additions: [String: String] = [:]
  ) throws -> Running {
    let process = Process()
    if let largestFile {
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "ulimit -f \(largestFile / 512); exec \"$0\" \"$@\"", binary.path] + arguments
    } else {
      process.executableURL = binary
      process.arguments = arguments
    }
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = folder.appending(path: ".cache").path
    environment.merge(additions) { $1 }
    process.environment = environment
    let output = folder.appending(path: ".stdout-\(UUID().uuidString)")
    let messages = folder.appending(path: ".stderr-\(UUID().uuidString)")
    for file in [output, messages] {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    return Running(process: process, output: output, messages: messages)
  }

  struct Running {
    let process: Process
    let output: URL
    let messages: URL

    func wait() throws -> Outcome {
      process.waitUntilExit()
      defer {
        try? FileManager.default.removeItem(at: output)
        try? FileManager.default.removeItem(at: messages)
      }
      return Outcome(
        status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
        output: try String(contentsOf: output, encoding: .utf8),
        messages: try String(contentsOf: messages, encoding: .utf8))
    }
  }
}
