/// A strict JSON parser (RFC 8259) that can hand out the elements of large top-level lists one by one.
///
/// Numbers must be finite; nesting ends at 64 levels; of repeated keys the last one counts. A byte-order mark is passed over.
/// Errors give line and column.
public struct JSONParser {
  private let bytes: [UInt8]
  /// Where the text begins: after a byte-order mark.
  private let start: Int
  private var position: Int
  private var depth = 0
  private static let maximumDepth = 64

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    position = start
  }

  /// The value that makes up the whole text.
  public static func parse(_ bytes: [UInt8]) throws(FileError) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value()
    try parser.end()
    return value
  }

  /// The next value.
  public mutating func value() throws(FileError) -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try object { (key, parser) throws(FileError) in members[key] = try parser.value() }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try array { (parser) throws(FileError) in elements.append(try parser.value()) }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default:
      try refuseNotFinite()
      return try number()
    }
  }

  /// Reads an object; `member` must read the value of each key.
  public mutating func object(
    _ member: (String, inout JSONParser) throws(FileError) -> Void
  ) throws(FileError) {
    try enclosed("{", "}") { (parser) throws(FileError) in
      guard try parser.peek() == UInt8(ascii: "\"") else { throw parser.error("a key was expected") }
      let key = try parser.string()
      guard try parser.peek() == UInt8(ascii: ":") else { throw parser.error("\":\" was expected") }
      parser.position += 1
      try member(key, &parser)
    }
  }

  /// Reads a list; `element` must read each element.
  public mutating func array(_ element: (inout JSONParser) throws(FileError) -> Void) throws(FileError) {
    try enclosed("[", "]", element)
  }

  /// Nothing but white space may follow.
  public mutating func end() throws(FileError) {
    skipSpace()
    if position < bytes.count { throw error("something follows the end of the text") }
  }

  private mutating func enclosed(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ item: (inout JSONParser) throws(FileError) -> Void
  ) throws(FileError) {
    guard try peek() == UInt8(ascii: open) else { throw error("\"\(open)\" was expected") }
    position += 1
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("values are nested deeper than \(Self.maximumDepth)") }
    if try peek() != UInt8(ascii: close) {
      try item(&self)
      while try peek() == UInt8(ascii: ",") {
        position += 1
        try item(&self)
      }
    }
    guard try peek() == UInt8(ascii: close) else { throw error("\",\" or \"\(close)\" was expected") }
    position += 1
    depth -= 1
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20, Self.isSpace(bytes[position]) { position += 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// The next byte that is not white space.
  private mutating func peek() throws(FileError) -> UInt8 {
    skipSpace()
    guard position < bytes.count else { throw error("the text ends in the middle") }
    return bytes[position]
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(FileError) -> JSONValue {
    let end = position + word.utf8CodeUnitCount
    let matches = word.withUTF8Buffer { end <= bytes.count && bytes[position..<end].elementsEqual($0) }
    guard matches else { throw error("no value begins like this") }
    position = end
    return value
  }

  private func error(_ problem: String) -> FileError {
    FileError(
      .malformed, place: place, problem: "not valid JSON: \(problem)",
      remedy: "correct the file, or write it again with its program")
  }

  private var place: String {
    let before = bytes[start..<min(position, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = position - (before.lastIndex(of: 0x0A) ?? start - 1)
    return "line \(line), column \(column)"
  }

  /// Python's `json` writes such words, which no other reader takes.
  private func refuseNotFinite() throws(FileError) {
    for word in ["NaN", "Infinity", "-Infinity"] where bytes[position...].starts(with: word.utf8) {
      throw FileError(
        .invalid, place: place, problem: "\(word) where a number belongs",
        remedy: "leave the value out, or give a number")
    }
  }
}

extension JSONParser {
  /// Reads the elements of a list one by one, so that only one of them is in memory as JSON; errors give its index.
  public mutating func elements<Element>(
    of key: String, _ make: (JSONValue) throws(FileError) -> Element
  ) throws(FileError) -> [Element] {
    var elements: [Element] = []
    try array { (parser) throws(FileError) in
      let value = try parser.value()
      let index = elements.count
      elements.append(try FileError.at("\(key)[\(index)]") { () throws(FileError) in try make(value) })
    }
    return elements
  }
}

extension JSONParser {
  private mutating func string() throws(FileError) -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
      bytes[position] >= 0x20
    {
      position += 1
    }
    var text = Array(bytes[start..<position])
    while true {
      guard position < bytes.count else { throw error("a string does not end") }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else { throw error("a string is not UTF-8") }
        return result
      case UInt8(ascii: "\\"): text += try escaped().utf8
      case ..<0x20: throw error("a control character stands in a string")
      default: text.append(byte)
      }
    }
  }

  private mutating func escaped() throws(FileError) -> String {
    guard position < bytes.count else { throw error("a string does not end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var units = [try hexadecimal()]
      if UTF16.isLeadSurrogate(units[0]), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        units.append(try hexadecimal())
      }
      return String(decoding: units, as: UTF16.self)
    default: throw error("an unknown escape stands in a string")
    }
  }

  private mutating func hexadecimal() throws(FileError) -> UInt16 {
    guard position + 4 <= bytes.count else { throw error("a string does not end") }
    var value: UInt16 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { throw error("a \\u escape is broken") }
      value = value << 4 | UInt16(digit)
    }
    position += 4
    return value
  }

  private mutating func number() throws(FileError) -> JSONValue {
    let start = position
    var isWhole = true
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    let leading = try digits()
    if leading.count > 1, bytes[leading.lowerBound] == UInt8(ascii: "0") { throw error("a number begins with 0") }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      _ = try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      _ = try digits()
    }
    if isWhole, position - start <= 18 { return .integer(Self.integer(bytes[start..<position])) }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let value = Int(text) { return .integer(value) }
    guard let value = Self.decimal(bytes[start..<position]) ?? Double(text), value.isFinite else {
      throw error("a number is too large")
    }
    return .number(value)
  }

  /// Digits, perhaps after a minus sign, that fit.
  private static func integer(_ text: ArraySlice<UInt8>) -> Int {
    let isNegative = text.first == UInt8(ascii: "-")
    let value = text.dropFirst(isNegative ? 1 : 0).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return isNegative ? -value : value
  }

  /// A short decimal fraction without exponent, exactly: both its digits and the power of ten are whole doubles, so that
  /// their quotient is rounded once (Clinger 1990). nil where that is not so.
  private static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
    guard text.count <= 16, let dot = text.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    var digits = text
    digits.remove(at: dot)
    guard digits.allSatisfy({ $0 <= UInt8(ascii: "9") }) else { return nil }
    let value = Double(integer(digits)) / powers[text.endIndex - dot - 1]
    return text.first == UInt8(ascii: "-") ? -abs(value) : value
  }

  private static let powers: [Double] = (0..<16).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }

  private mutating func digits() throws(FileError) -> Range<Int> {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) { position += 1 }
    guard position > start else { throw error("no value begins like this") }
    return start..<position
  }
}
