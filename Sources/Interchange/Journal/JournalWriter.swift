package import Files
package import Foundation

/// Keeps a journal of the frames done, so that an interrupted job can go on. Frames are only ever appended.
package final class JournalWriter {
  private let url: URL
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  /// Whether there is nothing in it to go on from: it is new, and no frame was appended.
  package private(set) var isEmpty: Bool
  private static let chunk = 1 << 16

  /// Starts a journal, in place of one that may be there.
  package init(_ url: URL, header: JournalHeader) throws(FileError) {
    self.url = url
    guard FileManager.default.createFile(atPath: url.path, contents: nil),
      let handle = FileHandle(forWritingAtPath: url.path)
    else { throw Self.failure(url, SystemError(errno)) }
    self.handle = handle
    isEmpty = true
    buffer = JournalFormat.beginning(header)
    try flush()
  }

  /// Goes on with a journal after its first `length` bytes, as `JournalReader` found them valid; what follows is cut off.
  package init(continuing url: URL, at length: UInt64) throws(FileError) {
    self.url = url
    guard let handle = FileHandle(forWritingAtPath: url.path) else {
      throw Self.failure(url, SystemError(errno))
    }
    self.handle = handle
    isEmpty = false
    do {
      try handle.truncate(atOffset: length)
      try handle.seek(toOffset: length)
    } catch {
      throw Self.failure(url, error)
    }
  }

  deinit { try? handle.close() }

  package func append(_ frame: JournalFrame) throws(FileError) {
    buffer += JournalFormat.framed(frame.record)
    isEmpty = false
    if buffer.count >= Self.chunk { try flush() }
  }

  /// Hands everything appended so far to the system.
  package func flush() throws(FileError) {
    do {
      try handle.write(contentsOf: buffer)
      buffer.removeAll(keepingCapacity: true)
    } catch {
      throw Self.failure(url, error)
    }
  }

  /// Waits until everything appended so far is on the disk.
  package func sync() throws(FileError) {
    try flush()
    do {
      try handle.synchronize()
    } catch {
      throw Self.failure(url, error)
    }
  }

  private static func failure(_ url: URL, _ error: any Error) -> FileError {
    FileError(
      .unwritable, url, "the journal cannot be written: \(SystemError.reason(of: error))",
      remedy: "check the space on the disk and the rights of the folder")
  }
}
