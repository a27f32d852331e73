public import Foundation

/// A file that is written from its beginning to its end, and appears at its place whole or not at all; or standard output.
public final class OutputFile {
  private enum Place {
    case partial(PartialFile)
    case standardOutput(StandardOutput)
  }

  /// Keeps the descriptor of standard output for one output.
  private final class StandardOutput {
    let descriptor: Descriptor

    init() throws(SystemError) { descriptor = try Descriptor(duplicating: STDOUT_FILENO) }
  }

  private let target: OutputTarget
  private let place: Place
  private var buffer: [UInt8] = []
  private static let chunk = 1 << 16

  public init(for target: OutputTarget) throws(FileError) {
    self.target = target
    switch target {
    case .place(let destination, let overwrites):
      place = .partial(try PartialFile(for: destination, overwrites: overwrites))
    case .standardOutput:
      do { place = .standardOutput(try StandardOutput()) } catch { throw Self.failure(target, error) }
    }
  }

  /// - Parameter overwrites: Whether a file that is there may be replaced.
  public convenience init(for destination: URL, overwrites: Bool = true) throws(FileError) {
    try self.init(for: .place(destination, overwrites: overwrites))
  }

  /// A file beside the target, or in the folder for temporary files, for what is to be put into it later. It loses its name
  /// at once, so that nothing of it remains however the program ends.
  public init(spoolFor target: OutputTarget) throws(FileError) {
    let file =
      switch target {
      case .place(let destination, _): try PartialFile(for: destination)
      case .standardOutput: try PartialFile.temporary()
      }
    file.discard()
    (self.target, place) = (target, .partial(file))
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

  public func write(_ bytes: [UInt8]) throws(FileError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.chunk { try flush() }
  }

  /// Appends all lines of a spool, each with `ending`, as the elements of a JSON list.
  public func append(linesOf other: OutputFile, ending: String) throws(FileError) {
    guard case .partial(let file) = other.place else { return }
    try other.flush()
    var isBetweenLines = false
    var data = [UInt8](repeating: 0, count: Self.chunk)
    try attempt { () throws(SystemError) in try file.descriptor.seekToStart() }
    while true {
      let count = try attempt { () throws(SystemError) in try file.descriptor.read(into: &data) }
      guard count > 0 else { return }
      for byte in data[..<count] {
        if isBetweenLines { buffer.append(contentsOf: ",\n".utf8) }
        isBetweenLines = byte == UInt8(ascii: "\n")
        if isBetweenLines { buffer.append(contentsOf: ending.utf8) } else { buffer.append(byte) }
      }
      try flush()
    }
  }

  /// Calls `body` with all lines of this file, which is a spool, from the first on.
  public func forEachLine(_ body: (String) throws(FileError) -> Void) throws(FileError) {
    guard case .partial(let file) = place else { return }
    try flush()
    try attempt { () throws(SystemError) in try file.descriptor.seekToStart() }
    var line: [UInt8] = []
    var data = [UInt8](repeating: 0, count: Self.chunk)
    while true {
      let count = try attempt { () throws(SystemError) in try file.descriptor.read(into: &data) }
      guard count > 0 else { return }
      for byte in data[..<count] {
        if byte != UInt8(ascii: "\n") {
          line.append(byte)
          continue
        }
        try body(String(decoding: line, as: UTF8.self))
        line.removeAll(keepingCapacity: true)
      }
    }
  }

  /// Puts the file at its place.
  public func finish() throws(FileError) {
    try flush()
    if case .partial(let file) = place { try file.commit() }
  }

  private func flush() throws(FileError) {
    try attempt { () throws(SystemError) in
      switch place {
      case .partial(let file): try file.descriptor.write(buffer)
      case .standardOutput(let output): try output.descriptor.write(buffer)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func attempt<Result>(_ body: () throws(SystemError) -> Result) throws(FileError) -> Result {
    do { return try body() } catch { throw Self.failure(target, error) }
  }

  private static func failure(_ target: OutputTarget, _ reason: SystemError) -> FileError {
    switch target {
    case .place(let destination, _): OutputPath.failure(destination, reason)
    case .standardOutput:
      FileError(
        .unwritable, file: target.name, problem: "cannot be written: \(reason)", remedy: "check where it leads")
    }
  }
}
