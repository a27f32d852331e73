internal import Foundation

/// The text files that the kernel tells about the process in.
struct KernelFiles {
  /// Holds `proc` and what is mounted; another folder than the system's in tests.
  let root: URL

  /// None where there is no such file.
  func lines(_ path: String) -> [String] {
    let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    return text?.split(separator: "\n").map(String.init) ?? []
  }
}
