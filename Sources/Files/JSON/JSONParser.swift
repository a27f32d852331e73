/// A strict JSON parser (RFC 8259) that can hand out the elements of large lists one by one.
///
/// Numbers must be finite; nesting ends at 64 levels; of repeated keys the last one counts. Errors give line and column. A
/// file is read a piece at a time, so that memory does not grow with it.
public struct JSONParser {
  var text: TextWindow
  private var depth = 0
  private static let maximumDepth = 64

  public init(_ bytes: [UInt8]) { text = TextWindow(bytes) }

  /// Reads from `offset` on, which must be where a value begins.
  public init(_ file: InputText, at offset: Int = 0) throws(FileError) { text = try TextWindow(file, at: offset) }

  /// The value that makes up the whole text.
  public static func parse(_ bytes: [UInt8]) throws(FileError) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value()
    try parser.end()
    return value
  }

  /// Where the next value begins in the text.
  public mutating func offset() throws(FileError) -> Int {
    _ = try peek()
    return text.offset
  }

  /// Goes on where another value begins.
  public mutating func move(to offset: Int) throws(FileError) { try text.move(to: offset) }

  /// The next value.
  public mutating func value() throws(FileError) -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try object { (key, parser) throws(FileError) in members[key] = try parser.value() }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try array { (parser) throws(FileError) in
        parser.plainElements { elements.append($0.value) }
        elements.append(try parser.value())
      }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  /// Passes over the next value. False where it is null, or an empty list or object.
  @discardableResult
  public mutating func skip() throws(FileError) -> Bool {
    var isEmpty = true
    switch try peek() {
    case UInt8(ascii: "{"):
      try object { (_, parser) throws(FileError) in
        isEmpty = false
        try parser.skip()
      }
    case UInt8(ascii: "["):
      try array { (parser) throws(FileError) in
        isEmpty = false
        parser.plainElements { _ in }
        try parser.skip()
      }
    case UInt8(ascii: "\""):
      isEmpty = false
      try skipString()
    default: isEmpty = try value() == .null
    }
    return !isEmpty
  }

  /// Reads an object; `member` must read the value of each key.
  public mutating func object(
    _ member: (String, inout JSONParser) throws(FileError) -> Void
  ) throws(FileError) {
    try enclosed("{", "}") { (parser) throws(FileError) in
      let key = try parser.key()
      try member(key, &parser)
    }
  }

  /// Reads a list; `element` must read each element.
  public mutating func array(_ element: (inout JSONParser) throws(FileError) -> Void) throws(FileError) {
    try enclosed("[", "]", element)
  }

  /// Whether the next value is a list.
  public mutating func isAtList() throws(FileError) -> Bool { try peek() == UInt8(ascii: "[") }

  /// Enters a list whose elements are then asked for one by one with `nextElement(isFirst:)`.
  public mutating func enterArray() throws(FileError) {
    guard try peek() == UInt8(ascii: "[") else { throw error("\"[\" was expected") }
    text.position += 1
  }

  /// Whether another element of the list follows, which must then be read; after the last one the list is left.
  public mutating func nextElement(isFirst: Bool) throws(FileError) -> Bool {
    let next = try peek()
    if next == UInt8(ascii: "]") || !isFirst { text.position += 1 }
    if next == UInt8(ascii: "]") { return false }
    if !isFirst, next != UInt8(ascii: ",") {
      text.position -= 1
      throw error("\",\" or \"]\" was expected")
    }
    return true
  }

  /// Nothing but white space may follow.
  public mutating func end() throws(FileError) {
    if try skipSpace() { throw error("something follows the end of the text") }
  }

  private mutating func key() throws(FileError) -> String {
    _ = try keyStart()
    let key = try string()
    try colon()
    return key
  }

  /// Where the next key begins.
  mutating func keyStart() throws(FileError) -> Int {
    guard try peek() == UInt8(ascii: "\"") else { throw error("a key was expected") }
    return text.position
  }

  /// Passes over what follows a key.
  mutating func colon() throws(FileError) {
    guard try peek() == UInt8(ascii: ":") else { throw error("\":\" was expected") }
    text.position += 1
  }

  mutating func enclosed(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ item: (inout JSONParser) throws(FileError) -> Void
  ) throws(FileError) {
    guard try peek() == UInt8(ascii: open) else { throw error("\"\(open)\" was expected") }
    text.position += 1
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("values are nested deeper than \(Self.maximumDepth)") }
    if try peek() != UInt8(ascii: close) {
      try item(&self)
      while try peek() == UInt8(ascii: ",") {
        text.position += 1
        try item(&self)
      }
    }
    guard try peek() == UInt8(ascii: close) else { throw error("\",\" or \"\(close)\" was expected") }
    text.position += 1
    depth -= 1
  }

  /// Goes to the next byte that is not white space; false where there is none.
  private mutating func skipSpace() throws(FileError) -> Bool {
    repeat {
      while text.position < text.bytes.count {
        let byte = text.bytes[text.position]
        if byte > 0x20 || !Self.isSpace(byte) { return true }
        text.position += 1
      }
    } while try text.fill(keeping: text.position)
    return false
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// The next byte that is not white space.
  mutating func peek() throws(FileError) -> UInt8 {
    guard try skipSpace() else { throw error("the text ends in the middle") }
    return text.bytes[text.position]
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(FileError) -> JSONValue {
    try text.reserve(word.utf8CodeUnitCount)
    let end = text.position + word.utf8CodeUnitCount
    let matches = word.withUTF8Buffer { end <= text.bytes.count && text.bytes[text.position..<end].elementsEqual($0) }
    guard matches else { throw error("no value begins like this") }
    text.position = end
    return value
  }

  func error(_ problem: String) -> FileError {
    FileError(
      .malformed, place: text.place, problem: "not valid JSON: \(problem)",
      remedy: "correct the file, or write it again with its program")
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
