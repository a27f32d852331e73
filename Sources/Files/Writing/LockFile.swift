internal import Foundation
internal import Synchronization

/// A hidden file beside an output that is locked as long as a run has the output. It holds the run's process id and host.
final class LockFile: Sendable {
  private let path: String
  private let descriptor: Mutex<Descriptor?>

  /// Throws at once where another run holds the lock.
  init(for output: OutputPath) throws(FileError) {
    path = output.lockPath
    while true {
      let descriptor: Descriptor
      do throws(SystemError) {
        descriptor = try Descriptor(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK)
      } catch {
        throw OutputPath.failure(output.destination, error)
      }
      if descriptor.lock() == .ofAnother { throw Self.busy(output, descriptor) }
      // The one that held it may have removed it in between.
      guard Self.is(descriptor, at: path) else { continue }
      Self.sign(descriptor)
      self.descriptor = Mutex(descriptor)
      return
    }
  }

  deinit { release() }

  func release() {
    descriptor.withLock { descriptor in
      if descriptor != nil { unlink(path) }
      descriptor = nil
    }
  }

  private static func `is`(_ descriptor: borrowing Descriptor, at path: String) -> Bool {
    var named = stat()
    guard let opened = try? descriptor.status(), lstat(path, &named) == 0 else { return false }
    return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  /// Only tells people who it is: what can't be written, as on a full disk, is left out.
  private static func sign(_ descriptor: borrowing Descriptor) {
    ftruncate(descriptor.number, 0)
    try? descriptor.write(Array("\(getpid()) \(ProcessInfo.processInfo.hostName)\n".utf8))
  }

  private static func busy(_ output: OutputPath, _ descriptor: borrowing Descriptor) -> FileError {
    var buffer = [UInt8](repeating: 0, count: 300)
    let count = (try? descriptor.read(into: &buffer)) ?? 0
    let words = String(decoding: buffer[..<count], as: UTF8.self).split { $0 == " " || $0 == "\n" }
    let run = words.count == 2 ? "another run (process \(words[0]) on \(words[1]))" : "another run"
    return FileError(
      .busy, output.destination, "\(run) is writing this", remedy: "wait until it has ended, or write elsewhere")
  }
}
