private import Foundation

/// The most memory that this process had resident (proc(5)).
enum PeakMemory {
  /// Begins anew.
  static func reset() {
    guard let file = try? FileHandle(forWritingTo: URL(filePath: "/proc/self/clear_refs")) else { return }
    try? file.write(contentsOf: Data("5".utf8))
    try? file.close()
  }

  /// In bytes, since the last reset; nil where the system does not say.
  static var bytes: Int? {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
  }
}
