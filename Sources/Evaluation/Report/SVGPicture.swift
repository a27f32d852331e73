internal import Files

/// A picture in Scalable Vector Graphics, made of lines, rectangles and text.
struct SVGPicture {
  let width: Double
  let height: Double
  private var elements: [String] = []

  init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

  /// Colours that are told apart also by those who see fewer (Okabe and Ito 2008).
  static let colours = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c6d1f", "#7f3c8d", "#11a579",
  ]

  static func colour(_ index: Int) -> String { colours[index % colours.count] }

  mutating func line(_ points: [(x: Double, y: Double)], colour: String, width: Double = 1.5) {
    let path = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
    elements.append(
      "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(Self.number(width))\"/>")
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, colour: String) {
    let numbers = [("x", x), ("y", y), ("width", width), ("height", height)]
    let attributes = numbers.map { "\($0)=\"\(Self.number($1))\"" }.joined(separator: " ")
    elements.append("<rect \(attributes) fill=\"\(colour)\"/>")
  }

  mutating func text(_ text: String, x: Double, y: Double, anchor: String = "start") {
    let escaped = text.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;"][$0] ?? String($0) }.joined()
    elements.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor)\">\(escaped)</text>")
  }

  /// The whole file.
  var svg: String {
    let size = "\(Self.number(width)) \(Self.number(height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" font-family="sans-serif" font-size="11">
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  private static func number(_ value: Double) -> String { JSONText.number(value, places: 2) }
}
