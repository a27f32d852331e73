/// Reads a text line by line, in memory that does not grow with it.
public struct LineReader {
  private var window: TextWindow

  public init(_ file: InputText, at offset: Int = 0) throws(FileError) {
    window = try TextWindow(file, at: offset)
  }

  /// Where the next line begins.
  public var offset: Int { window.offset }

  public mutating func move(to offset: Int) throws(FileError) { try window.move(to: offset) }

  /// The next line without its end; nil after the last. What is not UTF-8 is replaced.
  public mutating func next() throws(FileError) -> String? {
    var searched = 0
    while true {
      let rest = window.bytes[window.position...]
      if let end = rest.dropFirst(searched).firstIndex(of: 0x0A) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        window.position = end + 1
        return line
      }
      searched = rest.count
      if searched > Self.longest {
        throw FileError(
          .malformed, problem: "a line is longer than \(Self.longest) bytes", remedy: "name the right format or file")
      }
      if try !window.fill(keeping: window.position) {
        guard searched > 0 else { return nil }
        let line = String(decoding: window.bytes[window.position...], as: UTF8.self)
        window.position = window.bytes.count
        return line
      }
    }
  }

  private static let longest = 1 << 20
}
