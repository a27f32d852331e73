public import Foundation

/// A file that is written from its beginning to its end, and appears at its place whole or not at all.
public final class OutputFile {
  private let file: PartialFile
  private var buffer: [UInt8] = []
  private static let chunk = 1 << 16

  /// - Parameter overwrites: Whether a file that is there may be replaced.
  public init(for destination: URL, overwrites: Bool = true) throws(FileError) {
    file = try PartialFile(for: destination, overwrites: overwrites)
  }

  /// A file beside the destination for what is to be put into it later. It loses its name at once, so that nothing of it
  /// remains however the program ends.
  public init(spoolFor destination: URL) throws(FileError) {
    file = try PartialFile(for: destination)
    file.discard()
  }

  /// Writes a whole file.
  public static func write(_ bytes: some ContiguousBytes, to destination: URL, overwrites: Bool = true)
    throws(FileError)
  {
    let output = try OutputFile(for: destination, overwrites: overwrites)
    bytes.withUnsafeBytes { output.buffer.append(contentsOf: $0) }
    try output.finish()
  }

  public func write(_ text: String) throws(FileError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.chunk { try flush() }
  }

  /// Appends all lines of another file, each with `ending`, as the elements of a JSON list.
  public func append(linesOf other: OutputFile, ending: String) throws(FileError) {
    try other.flush()
    var isBetweenLines = false
    var data = [UInt8](repeating: 0, count: Self.chunk)
    try attempt { () throws(SystemError) in try other.file.descriptor.seekToStart() }
    while true {
      let count = try attempt { () throws(SystemError) in try other.file.descriptor.read(into: &data) }
      guard count > 0 else { return }
      for byte in data[..<count] {
        if isBetweenLines { buffer.append(contentsOf: ",\n".utf8) }
        isBetweenLines = byte == UInt8(ascii: "\n")
        if isBetweenLines { buffer.append(contentsOf: ending.utf8) } else { buffer.append(byte) }
      }
      try flush()
    }
  }

  /// Puts the file at its place.
  public func finish() throws(FileError) {
    try flush()
    try file.commit()
  }

  private func flush() throws(FileError) {
    try attempt { () throws(SystemError) in try file.descriptor.write(buffer) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func attempt<Result>(_ body: () throws(SystemError) -> Result) throws(FileError) -> Result {
    do { return try body() } catch { throw OutputPath.failure(file.destination, error) }
  }
}
