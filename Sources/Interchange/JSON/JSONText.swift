internal import Pose

/// Pieces of JSON text, the same on every machine and in every locale.
enum JSONText {
  /// A number of at most `places` decimals without needless zeros; `null` where it is not finite.
  ///
  /// Reading the text gives back the number exactly if it was rounded to as many decimals before.
  static func number(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return "null" }
    let scale = powers[places]
    let scaled = (value * Double(scale)).rounded()
    guard let whole = Int(exactly: scaled), abs(scaled) < 9e15 else { return "\(value)" }
    let (integer, fraction) = whole.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    var text = whole < 0 ? "-\(integer)" : "\(integer)"
    if fraction > 0 {
      var digits = String(fraction)
      digits = String(repeating: "0", count: places - digits.count) + digits
      while digits.last == "0" { digits.removeLast() }
      text += "." + digits
    }
    return text
  }

  static func string(_ value: String) -> String {
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

  static func array(_ elements: some Sequence<String>) -> String { "[" + elements.joined(separator: ",") + "]" }

  /// Members in the order given.
  static func object(_ members: KeyValuePairs<String, String?>) -> String {
    "{" + members.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }.joined(separator: ",") + "}"
  }

  /// x, y, width, height.
  static func box(_ box: Box) -> String {
    array([box.x, box.y, box.width, box.height].map { number($0, places: Pose.coordinatePlaces) })
  }

  private static let powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
}

extension JSONText {
  /// `x,y` without brackets.
  static func point(_ point: Point) -> String {
    "\(number(point.x, places: Pose.coordinatePlaces)),\(number(point.y, places: Pose.coordinatePlaces))"
  }

  static func score(_ score: Double) -> String { number(score, places: Pose.scorePlaces) }
}
