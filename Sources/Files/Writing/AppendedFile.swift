public import Foundation

/// A text file that grows line by line. Each line is there whole and on the disk, or, where the machine fails, not there or cut.
public final class AppendedFile {
  private let destination: URL
  private let descriptor: Descriptor

  /// Makes the file where it is missing.
  public init(_ destination: URL) throws(FileError) {
    self.destination = destination
    do throws(SystemError) {
      descriptor = try Descriptor(destination.path(percentEncoded: false), O_WRONLY | O_CREAT | O_APPEND)
    } catch {
      throw Self.failure(destination, error)
    }
  }

  /// Appends a line and waits until it is on the disk.
  public func append(_ line: String) throws(FileError) { try append(contentsOf: [line]) }

  /// Appends lines and waits until all of them are on the disk.
  public func append(contentsOf lines: [String]) throws(FileError) {
    do throws(SystemError) {
      try descriptor.write(Array(lines.map { $0 + "\n" }.joined().utf8))
      try descriptor.synchronise()
    } catch {
      throw Self.failure(destination, error)
    }
  }

  private static func failure(_ destination: URL, _ reason: SystemError) -> FileError {
    FileError(
      .unwritable, destination, "cannot be written: \(reason)", remedy: "check the rights and the room on its disk")
  }
}
