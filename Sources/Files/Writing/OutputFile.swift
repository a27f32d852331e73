public import Foundation

/// A file that appears at its place whole or not at all: it is written beside it and renamed.
///
/// What is not renamed is removed when the last owner lets go.
public final class OutputFile {
  private let temporary: URL
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var isTemporary = true
  private static let chunk = 1 << 16

  public init(for destination: URL) throws(FileError) {
    temporary = destination.deletingLastPathComponent().appending(path: ".\(destination.lastPathComponent).partial")
    handle = try Self.create(temporary, for: destination)
  }

  /// A file beside the destination for what is to be put into it later. It has no name, so that nothing of it remains
  /// however the program ends.
  public init(spoolFor destination: URL, role: String) throws(FileError) {
    temporary = destination.deletingLastPathComponent().appending(path: ".\(destination.lastPathComponent).\(role)")
    handle = try Self.create(temporary, for: destination)
    try? FileManager.default.removeItem(at: temporary)
    isTemporary = false
  }

  private static func create(_ file: URL, for destination: URL) throws(FileError) -> FileHandle {
    guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
      throw FileError(
        .inaccessible, file: destination.path, problem: "cannot be written (\(String(cString: strerror(errno))))",
        remedy: "check that the folder exists and may be written to")
    }
    do {
      return try FileHandle(forUpdating: file)
    } catch {
      throw failure(destination, error)
    }
  }

  deinit {
    try? handle.close()
    if isTemporary { try? FileManager.default.removeItem(at: temporary) }
  }

  public func write(_ text: String) throws(FileError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.chunk { try flush() }
  }

  public func flush() throws(FileError) {
    do {
      try handle.write(contentsOf: buffer)
      buffer.removeAll(keepingCapacity: true)
    } catch {
      throw Self.failure(temporary, error)
    }
  }

  /// Appends all lines of another file, each with `ending`, as the elements of a JSON list.
  public func append(linesOf other: OutputFile, ending: String) throws(FileError) {
    try other.flush()
    do {
      try other.handle.seek(toOffset: 0)
      var isBetweenLines = false
      while let data = try other.handle.read(upToCount: Self.chunk), !data.isEmpty {
        for byte in data {
          if isBetweenLines { buffer.append(contentsOf: ",\n".utf8) }
          isBetweenLines = byte == UInt8(ascii: "\n")
          if isBetweenLines { buffer.append(contentsOf: ending.utf8) } else { buffer.append(byte) }
        }
        try flush()
      }
    } catch {
      throw Self.failure(other.temporary, error)
    }
  }

  /// Puts the file at its place, over what was there.
  public func move(to destination: URL) throws(FileError) {
    try flush()
    do {
      try handle.synchronize()
    } catch {
      throw Self.failure(destination, error)
    }
    guard rename(temporary.path, destination.path) == 0 else {
      throw FileError(
        .inaccessible, file: destination.path, problem: "cannot be put in place (\(String(cString: strerror(errno))))",
        remedy: "check the folder, or choose another name")
    }
    isTemporary = false
  }

  private static func failure(_ url: URL, _ error: any Error) -> FileError {
    FileError(
      .inaccessible, file: url.path, problem: "cannot be written (\(error.localizedDescription))",
      remedy: "check the space on the disk and the rights of the folder")
  }
}
