extension JSONParser {
  mutating func number() throws(FileError) -> JSONValue {
    if let plain = text.bytes.withUnsafeBufferPointer({ PlainNumber($0, at: text.position) }) {
      text.position = plain.end
      return plain.value
    }
    var end = text.position
    while true {
      while end < text.bytes.count, Self.isOfNumber(text.bytes[end]) { end += 1 }
      guard end == text.bytes.count else { break }
      let length = end - text.position
      guard try text.fill(keeping: text.position) else { break }
      end = text.position + length
    }
    switch NumberText(text.bytes[text.position..<end]).value {
    case .success(let value):
      text.position = end
      return value
    case .failure(let problem):
      try refuseNotFinite()
      throw error(problem.text)
    }
  }

  /// Python's `json` writes such words, which no other reader takes.
  private mutating func refuseNotFinite() throws(FileError) {
    try text.reserve(9)
    for word in ["NaN", "Infinity", "-Infinity"] where text.bytes[text.position...].starts(with: word.utf8) {
      throw FileError(
        .invalid, place: text.place, problem: "\(word) where a number belongs",
        remedy: "leave the value out, or give a number")
    }
  }

  fileprivate static func isOfNumber(_ byte: UInt8) -> Bool {
    byte >= 0x2B && byte <= 0x39 && byte != 0x2C && byte != 0x2F || byte | 0x20 == UInt8(ascii: "e")
  }
}

/// A number as nearly all are: at most fifteen digits, without exponent, and followed by something else. Read in one go.
private struct PlainNumber {
  let value: JSONValue
  let end: Int

  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    var position = start
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let first = position
    var (digits, point) = (0, -1)
    while position < bytes.count {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit <= 9 {
        digits = digits &* 10 &+ Int(digit)
      } else if bytes[position] == UInt8(ascii: "."), point < 0 {
        point = position
      } else {
        break
      }
      position += 1
    }
    let (whole, decimals) = point < 0 ? (position - first, 0) : (point - first, position - point - 1)
    guard position < bytes.count, !JSONParser.isOfNumber(bytes[position]), whole > 0, point < 0 || decimals > 0,
      whole + decimals <= 15, whole == 1 || bytes[first] != UInt8(ascii: "0")
    else { return nil }
    end = position
    if point < 0 {
      value = .integer(isNegative ? -digits : digits)
    } else {
      let fraction = Double(digits) / NumberText.powers[decimals]
      value = .number(isNegative ? -fraction : fraction)
    }
  }
}

/// A number as JSON writes it.
private struct NumberText {
  struct Problem: Error { var text: String }

  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var value: Result<JSONValue, Problem> {
    var position = bytes.startIndex
    var isWhole = true
    func digits() -> Range<Int>? {
      let start = position
      while position < bytes.endIndex, bytes[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
      return position > start ? start..<position : nil
    }
    let notANumber = Result<JSONValue, Problem>.failure(Problem(text: "no value begins like this"))
    if position < bytes.endIndex, bytes[position] == UInt8(ascii: "-") { position += 1 }
    guard let leading = digits() else { return notANumber }
    if leading.count > 1, bytes[leading.lowerBound] == UInt8(ascii: "0") {
      return .failure(Problem(text: "a number begins with 0"))
    }
    if position < bytes.endIndex, bytes[position] == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      guard digits() != nil else { return notANumber }
    }
    if position < bytes.endIndex, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if position < bytes.endIndex, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      guard digits() != nil else { return notANumber }
    }
    guard position == bytes.endIndex else { return .failure(Problem(text: "a number is broken")) }
    if isWhole, bytes.count <= 18 { return .success(.integer(Self.integer(bytes))) }
    let text = String(decoding: bytes, as: UTF8.self)
    if isWhole, let value = Int(text) { return .success(.integer(value)) }
    guard let value = Self.decimal(bytes) ?? Double(text), value.isFinite else {
      return .failure(Problem(text: "a number is too large"))
    }
    return .success(.number(value))
  }

  /// Digits, perhaps after a minus sign, that fit.
  private static func integer(_ text: ArraySlice<UInt8>) -> Int {
    let isNegative = text.first == UInt8(ascii: "-")
    var value = 0
    for byte in text where byte != UInt8(ascii: "-") { value = value * 10 + Int(byte - UInt8(ascii: "0")) }
    return isNegative ? -value : value
  }

  /// A short decimal fraction without exponent, exactly: both its digits and the power of ten are whole doubles, so that
  /// their quotient is rounded once (Clinger 1990). nil where that is not so.
  private static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
    guard text.count <= 16 else { return nil }
    var (digits, decimals) = (0, -1)
    for byte in text where byte != UInt8(ascii: "-") {
      if byte == UInt8(ascii: ".") {
        decimals = 0
      } else if byte <= UInt8(ascii: "9") {
        digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
        if decimals >= 0 { decimals += 1 }
      } else {
        return nil
      }
    }
    guard decimals >= 0 else { return nil }
    let value = Double(digits) / powers[decimals]
    return text.first == UInt8(ascii: "-") ? -value : value
  }

  static let powers: [Double] = (0..<16).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
}
