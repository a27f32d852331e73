internal import Foundation
private import Glibc

/// The beginning of a file that is being received, kept between tries. Only one program at a time has it open.
final class PartialDownload: Sendable {
  let file: URL
  private let descriptor: Int32

  /// Throws where it cannot be written, or another program receives into it.
  init(_ file: URL) throws(ModelError) {
    self.file = file
    descriptor = open(file.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw Self.unwritable(file, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw ModelError(.failed, "\(file.path): another program is receiving this file; wait until it is done")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Lets other programs have it.
  func release() {
    flock(descriptor, LOCK_UN)
  }

  var count: Int64 { Int64(lseek(descriptor, 0, SEEK_END)) }

  func append(_ data: Data) throws(ModelError) {
    var rest = data[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written >= 0 else { throw Self.unwritable(file, errno) }
      rest = rest.dropFirst(written)
    }
  }

  func cut(to count: Int64) throws(ModelError) {
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw Self.unwritable(file, errno) }
  }

  private static func unwritable(_ file: URL, _ code: Int32) -> ModelError {
    ModelError(.failed, "\(file.path): cannot be written: \(String(cString: strerror(code)))")
  }
}
