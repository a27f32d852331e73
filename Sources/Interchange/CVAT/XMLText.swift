internal import Files

/// Reads the tags of an XML text with their attributes, one after the other; of the text between them what stands directly
/// before a tag. Declarations, comments and sections of characters are passed over; the entities are the five of XML and
/// numbers.
struct XMLText {
  struct Tag {
    var name: String
    var attributes: [String: String]
    var opens: Bool
    var closes: Bool
    /// The text before it, since the tag before.
    var text: String
    /// Where it begins, counted from 1.
    var line: Int
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }

  /// The next tag; nil after the last.
  mutating func next() throws(FileError) -> Tag? {
    var text: [UInt8] = []
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "<") else {
        text.append(take())
        continue
      }
      if try skipPassage() { continue }
      return try tag(String(decoding: text, as: UTF8.self).trimmingBlanks)
    }
    return nil
  }

  private mutating func tag(_ text: Substring) throws(FileError) -> Tag {
    let start = line
    _ = take()
    let closes = peek == UInt8(ascii: "/")
    if closes { _ = take() }
    let name = word()
    guard !name.isEmpty else { throw error("a tag without a name") }
    var tag = Tag(name: name, attributes: [:], opens: !closes, closes: closes, text: try Self.plain(text), line: start)
    while true {
      skipSpace()
      switch peek {
      case UInt8(ascii: ">"):
        _ = take()
        return tag
      case UInt8(ascii: "/"):
        _ = take()
        tag.closes = true
      case nil: throw error("the text ends within the tag \(name)")
      default:
        let key = word()
        guard !key.isEmpty, peek == UInt8(ascii: "=") else { throw error("the tag \(name) is broken") }
        _ = take()
        guard tag.attributes.updateValue(try value(), forKey: key) == nil else {
          throw error("the attribute \(key) of \(name) is there twice")
        }
      }
    }
  }

  private mutating func value() throws(FileError) -> String {
    guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw error("an attribute without quotation marks")
    }
    _ = take()
    var text: [UInt8] = []
    while let byte = peek, byte != quote { text.append(take()) }
    guard peek == quote else { throw error("a quotation mark is not closed") }
    _ = take()
    return try Self.plain(String(decoding: text, as: UTF8.self)[...])
  }

  /// Puts characters for entities.
  private static func plain(_ text: Substring) throws(FileError) -> String {
    guard text.contains("&") else { return String(text) }
    let known = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
    var result = ""
    var rest = text
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      let end = rest[start...].firstIndex(of: ";") ?? rest.endIndex
      let name = rest[start..<end].dropFirst()
      let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
      if let character = known[String(name)] {
        result += character
      } else if name.hasPrefix("#"), let scalar = number.flatMap(Unicode.Scalar.init) {
        result.unicodeScalars.append(scalar)
      } else {
        throw FileError(
          .malformed, problem: "not valid XML: unknown entity &\(name.prefix(20))", remedy: "write the file again")
      }
      rest = end < rest.endIndex ? rest[end...].dropFirst() : ""
    }
    return result + rest
  }

  /// Passes over a comment, a declaration or characters as they are; false where none begins.
  private mutating func skipPassage() throws(FileError) -> Bool {
    let passages = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")]
    let rest = bytes[position...]
    guard let (start, close) = passages.first(where: { rest.starts(with: $0.0.utf8) }) else { return false }
    let end = Array(close.utf8)
    while position < bytes.count {
      if bytes[position...].starts(with: end) {
        position += end.count
        return true
      }
      _ = take()
    }
    throw error("what begins with \(start) does not end")
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take() -> UInt8 {
    let byte = bytes[position]
    if byte == 0x0A { line += 1 }
    position += 1
    return byte
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { _ = take() }
  }

  private mutating func word() -> String {
    let start = position
    while let byte = peek, !"=/> \t\n\r\"'<".utf8.contains(byte) { _ = take() }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func error(_ problem: String) -> FileError {
    FileError(.malformed, place: "line \(line)", problem: "not valid XML: \(problem)", remedy: "write the file again")
  }
}
