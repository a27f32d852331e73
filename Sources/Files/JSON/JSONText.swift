/// Pieces of JSON text, the same on every machine and in every locale.
public enum JSONText {
  /// A number of at most `places` decimals without needless zeros; `null` where it is not finite.
  ///
  /// Reading the text gives back the number exactly if it was rounded to as many decimals before.
  public static func number(_ value: Double, places: Int) -> String {
    var bytes: [UInt8] = []
    append(value, places: places, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  public static func append(_ value: Double, places: Int, to bytes: inout [UInt8]) {
    let scale = powers[places]
    let scaled = (value * Double(scale)).rounded()
    guard value.isFinite, abs(scaled) < 9e15 else {
      bytes.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
      return
    }
    if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
    var (integer, fraction) = UInt(abs(scaled)).quotientAndRemainder(dividingBy: scale)
    append(integer, to: &bytes)
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var unit = scale / 10
    while fraction > 0 {
      (integer, fraction) = fraction.quotientAndRemainder(dividingBy: unit)
      bytes.append(UInt8(ascii: "0") + UInt8(integer))
      unit /= 10
    }
  }

  public static func append(_ value: UInt, to bytes: inout [UInt8]) {
    if value >= 10 { append(value / 10, to: &bytes) }
    bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
  }

  public static func string(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  public static func array(_ elements: some Sequence<String>) -> String { "[" + elements.joined(separator: ",") + "]" }

  /// A list whose elements append themselves, without a string for each.
  @inlinable
  public static func list<Element>(_ elements: [Element], _ element: (Element, inout [UInt8]) -> Void) -> String {
    var bytes = [UInt8(ascii: "[")]
    for (index, value) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      element(value, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Members in the order given.
  public static func object(_ members: KeyValuePairs<String, String?>) -> String {
    "{" + members.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }.joined(separator: ",") + "}"
  }

  private static let powers: [UInt] = (0...9).map { (0..<$0).reduce(1) { product, _ in product * 10 } }
}
