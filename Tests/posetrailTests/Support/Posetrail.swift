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

  /// Runs lines of shell in which `$0` is the program.
  static func shell(_ script: String, in folder: URL) throws -> Outcome {
    try startShell(script, in: folder).wait()
  }

  static func startShell(_ script: String, in folder: URL) throws -> Running {
    try start(URL(filePath: "/bin/sh"), ["-c", script, binary.path], in: folder)
  }

  /// A run that goes on while the test does something else. It can write no file larger than `largestFile` bytes.
  static func start(
    _ arguments: [String], in folder: URL, largestFile: Int? = nil, environment additions: [String: String] = [:]
  ) throws -> Running {
    guard let largestFile else { return try start(binary, arguments, in: folder, environment: additions) }
    let script = "ulimit -f \(largestFile / 512); exec \"$0\" \"$@\""
    return try start(
      URL(filePath: "/bin/sh"), ["-c", script, binary.path] + arguments, in: folder, environment: additions)
  }

  private static func start(
    _ executable: URL, _ arguments: [String], in folder: URL, environment additions: [String: String] = [:]
  ) throws -> Running {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
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

    /// The most memory that the process had so far; nil once it has ended.
    var peakMegabytes: Int? {
      let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
      let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      return (line?.split(separator: " ").dropFirst().first).flatMap { Int($0) }.map { $0 / 1000 }
    }

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
