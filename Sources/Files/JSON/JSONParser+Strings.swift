extension JSONParser {
  mutating func string() throws(FileError) -> String {
    if let plain = text.bytes.withUnsafeBufferPointer({ PlainString($0, at: text.position)?.text }) {
      text.position += plain.utf8.count + 2
      return plain
    }
    text.position += 1
    var start = text.position
    // What lies before `start`, where the text of the string is not in one piece.
    var before: [UInt8] = []
    while true {
      while text.position < text.bytes.count {
        let byte = text.bytes[text.position]
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
        text.position += 1
      }
      guard text.position < text.bytes.count else {
        before += text.bytes[start...]
        guard try text.fill(keeping: text.position) else { throw error("a string does not end") }
        start = text.position
        continue
      }
      let byte = text.bytes[text.position]
      if byte < 0x20 { throw error("a control character stands in a string") }
      let piece = text.bytes[start..<text.position]
      if byte == UInt8(ascii: "\"") {
        text.position += 1
        let whole = before.isEmpty ? piece : (before + piece)[...]
        guard let result = String(validating: whole, as: UTF8.self) else { throw error("a string is not UTF-8") }
        return result
      }
      before += piece
      before += try escaped().utf8
      start = text.position
    }
  }

  /// Passes over a string.
  mutating func skipString() throws(FileError) {
    let end = text.bytes.withUnsafeBufferPointer { bytes in
      PlainString(bytes, at: text.position).flatMap { $0.isASCII ? $0.end : nil }
    }
    if let end { text.position = end } else { _ = try string() }
  }

  /// What an escape stands for.
  private mutating func escaped() throws(FileError) -> String {
    try text.reserve(12)
    text.position += 1
    guard text.position < text.bytes.count else { throw error("a string does not end") }
    let byte = text.bytes[text.position]
    text.position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var units = [try hexadecimal()]
      if UTF16.isLeadSurrogate(units[0]), text.bytes[text.position...].starts(with: Array("\\u".utf8)) {
        text.position += 2
        units.append(try hexadecimal())
      }
      return String(decoding: units, as: UTF16.self)
    default: throw error("an unknown escape stands in a string")
    }
  }

  private mutating func hexadecimal() throws(FileError) -> UInt16 {
    guard text.position + 4 <= text.bytes.count else { throw error("a string does not end") }
    var value: UInt16 = 0
    for byte in text.bytes[text.position..<text.position + 4] {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { throw error("a \\u escape is broken") }
      value = value << 4 | UInt16(digit)
    }
    text.position += 4
    return value
  }
}
