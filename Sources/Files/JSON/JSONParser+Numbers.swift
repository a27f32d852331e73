extension JSONParser {
  mutating func number() throws(FileError) -> JSONValue {
    if let plain = text.bytes.withUnsafeBufferPointer({ PlainNumber($0, at: text.position) }) {
      text.position = plain.end
      return plain.value
    }
    var end = text.position
    while true {
      while end < text.bytes.count, PlainNumber.isOfNumber(text.bytes[end]) { end += 1 }
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

  /// Reads on in a list as long as plain numbers with a comma behind them lie in memory. The last element is always left.
  @inline(__always)
  mutating func plainElements(_ body: (PlainNumber) -> Void) {
    let start = text.position
    text.position = text.bytes.withUnsafeBufferPointer { bytes in
      var (next, position) = (start, start)
      while true {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
        guard position < bytes.count, let number = PlainNumber(bytes, at: position),
          bytes[number.end] == UInt8(ascii: ",")
        else { return next }
        body(number)
        position = number.end + 1
        next = position
      }
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
    let text = String(decoding: bytes, as: UTF8.self)
    if isWhole, let value = Int(text) { return .success(.integer(value)) }
    guard let value = Double(text), value.isFinite else {
      return .failure(Problem(text: "a number is too large"))
    }
    return .success(.number(value))
  }
}
