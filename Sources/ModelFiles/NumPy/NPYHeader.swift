/// The Python dictionary literal at the head of a `.npy` file:
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.
struct NPYHeader {
  private(set) var scalarType: ScalarType
  private(set) var isFortranOrder: Bool
  private(set) var shape: [Int]

  init(_ bytes: [UInt8], file: String) throws {
    var scanner = Scanner(text: bytes[...])
    guard let fields = scanner.dictionary(), case .text(let descriptor)? = fields["descr"],
      case .flag(let isFortranOrder)? = fields["fortran_order"], case .numbers(let shape)? = fields["shape"]
    else {
      throw ModelFileError(
        .malformed, "\(file): the header of the .npy file cannot be read (arrays of records are not supported)")
    }
    guard let scalarType = Self.types[descriptor] else {
      throw ModelFileError(
        .unsupported, "\(file): the element type \(descriptor) is not supported; save the array as float32")
    }
    self.scalarType = scalarType
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  private static let types: [String: ScalarType] = [
    "<f8": .float64, "<f4": .float32, "<f2": .float16, "<i8": .int64, "<i4": .int32, "<i2": .int16, "|i1": .int8,
    "<u8": .uint64, "<u4": .uint32, "<u2": .uint16, "|u1": .uint8, "|b1": .bool,
  ]

  private enum Literal {
    case text(String)
    case flag(Bool)
    case numbers([Int])
  }

  /// Reads the few forms of literals that NumPy writes here; nil for anything else.
  private struct Scanner {
    var text: ArraySlice<UInt8>

    mutating func dictionary() -> [String: Literal]? {
      var fields: [String: Literal] = [:]
      guard take("{") else { return nil }
      while !take("}") {
        guard let key = quoted(), take(":"), let value = literal() else { return nil }
        fields[key] = value
        guard take(",") || peek("}") else { return nil }
      }
      return fields
    }

    private mutating func literal() -> Literal? {
      if peek("'") || peek("\"") { return quoted().map { .text($0) } }
      if take("True") { return .flag(true) }
      if take("False") { return .flag(false) }
      guard take("(") else { return nil }
      var numbers: [Int] = []
      while !take(")") {
        guard let number = number() else { return nil }
        numbers.append(number)
        guard take(",") || peek(")") else { return nil }
      }
      return .numbers(numbers)
    }

    private mutating func quoted() -> String? {
      skipSpace()
      guard let quote = text.first, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(quote),
        let end = text.dropFirst().firstIndex(of: quote)
      else { return nil }
      defer { text = text[(end + 1)...] }
      return String(decoding: text[(text.startIndex + 1)..<end], as: UTF8.self)
    }

    /// Python 2 wrote `3L`.
    private mutating func number() -> Int? {
      skipSpace()
      let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      text = text.dropFirst(digits.count)
      _ = take("L")
      return Int(String(decoding: digits, as: UTF8.self))
    }

    private mutating func take(_ token: String) -> Bool {
      guard peek(token) else { return false }
      text = text.dropFirst(token.utf8.count)
      return true
    }

    private mutating func peek(_ token: String) -> Bool {
      skipSpace()
      return text.starts(with: token.utf8)
    }

    private mutating func skipSpace() {
      text = text.drop { [0x20, 0x0a, 0x0d, 0x09].contains($0) }
    }
  }
}
