/// A number as nearly all are: at most nineteen digits, without exponent, and with something behind it in memory.
///
/// It is read in one go, and becomes the double nearest to it, as by `strtod`.
struct PlainNumber {
  /// The place behind it.
  let end: Int
  private let isNegative: Bool
  /// All digits as a whole number, and how many of them are behind the point; nil without a point.
  private let digits: UInt64
  private let decimals: Int?

  /// nil where something else begins there, also a number that is not plain or no number of JSON.
  @inline(__always)
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    var position = start
    isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let first = position
    var digits: UInt64 = 0
    var point: Int?
    while position < bytes.count {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit <= 9 {
        digits = digits &* 10 &+ UInt64(digit)
      } else if bytes[position] == UInt8(ascii: "."), point == nil {
        point = position
      } else {
        break
      }
      position += 1
    }
    let whole = (point ?? position) - first
    let decimals = point.map { position - $0 - 1 }
    guard position < bytes.count, !Self.isOfNumber(bytes[position]), whole > 0, decimals != 0,
      whole + (decimals ?? 1) <= 19, whole == 1 || bytes[first] != UInt8(ascii: "0")
    else { return nil }
    (end, self.digits, self.decimals) = (position, digits, decimals)
  }

  /// A digit, a sign, a point, or the E before an exponent.
  static func isOfNumber(_ byte: UInt8) -> Bool {
    byte >= 0x2B && byte <= 0x39 && byte != 0x2C && byte != 0x2F || byte | 0x20 == UInt8(ascii: "e")
  }

  var value: JSONValue {
    guard let decimals else {
      let integer = Int(truncatingIfNeeded: digits)
      return .integer(isNegative ? -integer : integer)
    }
    let fraction = digits <= 1 << 53 ? Double(digits) / Self.tens[decimals] : Self.quotient(digits, decimals)
    return .number(isNegative ? -fraction : fraction)
  }

  /// Whole doubles, as all powers of ten up to 10²² are: where the digits are one as well, their quotient is rounded once, to
  /// the nearest (Clinger, *How to Read Floating Point Numbers Accurately*, 1990).
  private static let tens: [Double] = (0..<19).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

  private static let fives: [UInt64] = (0..<19).map { (0..<$0).reduce(1) { power, _ in power * 5 } }

  /// digits / 10^decimals for more digits than a double holds, to the nearest: 63 or 64 bits of the quotient by 5^decimals,
  /// of which the last also stands for all that follow, are rounded once; powers of two change no digit.
  private static func quotient(_ digits: UInt64, _ decimals: Int) -> Double {
    let (above, below) = (digits.leadingZeroBitCount, fives[decimals].leadingZeroBitCount)
    let (dividend, divisor) = (digits << above, fives[decimals] << below)
    let (quotient, remainder) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
    let significand = Double(remainder == 0 ? quotient : quotient | 1)
    return Double(sign: .plus, exponent: below - above - 63 - decimals, significand: significand)
  }
}
