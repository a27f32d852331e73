package import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Random access to the bytes of a file, or of memory that stands for one. Every read is checked against the size.
///
/// Reads at explicit offsets and keeps no position, so it can be shared between threads.
package final class ByteSource: Sendable {
  private enum Storage: Sendable {
    case descriptor(Int32)
    case memory([UInt8])
  }

  /// The path, as messages name it.
  package let name: String
  package let count: Int
  private let storage: Storage

  /// Opens a regular file. Throws `unreadable` with the system's reason.
  package init(contentsOf url: URL) throws {
    let path = url.path(percentEncoded: false)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw ModelFileError(.unreadable, "\(path): cannot be opened: \(String(cString: strerror(errno)))")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      let found =
        status.st_mode & S_IFMT == S_IFDIR
        ? "is a folder; name the file in it" : "is not a regular file (but a device, pipe or socket); copy it to a file"
      throw ModelFileError(.unreadable, "\(path): \(found)")
    }
    name = path
    count = Int(status.st_size)
    storage = .descriptor(descriptor)
  }

  package init(_ bytes: [UInt8], name: String) {
    self.name = name
    count = bytes.count
    storage = .memory(bytes)
  }

  deinit {
    if case .descriptor(let descriptor) = storage { close(descriptor) }
  }

  /// Fills `buffer` with the bytes from `offset` on. Throws `malformed` where the file ends before that.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws {
    try requireRange(at: offset, count: buffer.count)
    switch storage {
    case .memory(let bytes):
      bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[offset..<offset + buffer.count])) }
    case .descriptor(let descriptor):
      var done = 0
      while done < buffer.count {
        let remaining = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
        let result = pread(descriptor, remaining.baseAddress, remaining.count, off_t(offset + done))
        if result < 0 && errno == EINTR { continue }
        guard result >= 0 else {
          throw ModelFileError(.unreadable, "\(name): reading failed: \(String(cString: strerror(errno)))")
        }
        guard result > 0 else {
          throw ModelFileError(.unreadable, "\(name): the file became shorter while it was read")
        }
        done += result
      }
    }
  }

  package func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    try requireRange(at: offset, count: count)
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }

  private func requireRange(at offset: Int, count length: Int) throws {
    let (end, overflow) = offset.addingReportingOverflow(length)
    guard offset >= 0, length >= 0, !overflow, end <= count else {
      throw ModelFileError(
        .malformed,
        "\(name): the file ends at byte \(count), but \(length) bytes at \(offset) are needed; it is cut short or damaged"
      )
    }
  }
}
