internal import Foundation

/// An open file or folder; closed when the value goes.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Opens as open(2) does. Programs that are started do not get it.
  init(_ path: String, _ flags: Int32) throws(SystemError) {
    number = open(path, flags | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw SystemError(errno) }
  }

  /// Another number for what `number` is, which stays open.
  init(duplicating number: Int32) throws(SystemError) {
    self.number = fcntl(number, F_DUPFD_CLOEXEC, 3)
    guard self.number >= 0 else { throw SystemError(errno) }
  }

  deinit { close(number) }

  func status() throws(SystemError) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw SystemError(errno) }
    return status
  }

  /// Reads up to as many bytes as there is room for; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    while true {
      let count = Foundation.read(number, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw SystemError(errno) }
    }
  }

  /// Reads over the bytes from the first on; 0 at the end.
  func read(into bytes: inout [UInt8]) throws(SystemError) -> Int {
    try bytes.withUnsafeMutableBufferPointer { (buffer) throws(SystemError) in
      try read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// Reads as many bytes as there is room for from a place of a file; fewer only at its end.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) -> Int {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = pread(number, rest.baseAddress, rest.count, off_t(offset + done))
      if count == 0 { break }
      if count > 0 { done += count } else if errno != EINTR { throw SystemError(errno) }
    }
    return done
  }

  /// Writes all bytes, and waits for whoever reads them.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(number, UnsafeRawBufferPointer(rebasing: $0[done...]).baseAddress, $0.count - done)
      }
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        var ready = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, -1)
      } else if errno != EINTR {
        throw SystemError(errno)
      }
    }
  }

  func seekToStart() throws(SystemError) {
    guard lseek(number, 0, SEEK_SET) == 0 else { throw SystemError(errno) }
  }

  /// Waits until what was written is on the disk. File systems that can't say are believed.
  func synchronise() throws(SystemError) {
    guard fsync(number) == 0 || errno == EINVAL || errno == ENOTSUP else { throw SystemError(errno) }
  }

  enum Lock { case held, ofAnother, unsupported }

  /// Tries to lock the file against other processes, without waiting (flock(2)). The lock ends with the descriptor, however
  /// the process ends.
  func lock() -> Lock {
    if flock(number, LOCK_EX | LOCK_NB) == 0 { return .held }
    return errno == EWOULDBLOCK ? .ofAnother : .unsupported
  }
}

extension Descriptor {
  /// Opens a file to be read. Folders, devices and pipes, which might never end, are refused.
  static func reading(_ url: URL) throws(FileError) -> Descriptor {
    do throws(SystemError) {
      let descriptor = try Descriptor(url.path(percentEncoded: false), O_RDONLY | O_NONBLOCK)
      let kind = FileKind(try descriptor.status())
      if kind == .file { return descriptor }
      throw SystemError(kind == .folder ? EISDIR : ESPIPE)
    } catch {
      throw FileError.unreadable(url, error)
    }
  }
}

extension FileError {
  static func unreadable(_ url: URL, _ reason: SystemError) -> FileError {
    FileError(.unreadable, url, "cannot be read: \(reason)", remedy: "check the name and the rights of the file")
  }
}
