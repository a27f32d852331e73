internal import Foundation
internal import Pose

/// One character as the centre lines of its strokes, on a grid whose capitals stand 12 units high: y is 0 at their top,
/// 4 at the top of small letters, 12 on the baseline and 16 at the foot of descenders.
struct Glyph: Sendable {
  /// From the leftmost centre line to the rightmost.
  let width: Double
  /// Chains of at least two points.
  let strokes: [[Point]]

  /// Reads a path: `M x y` starts a stroke, `L x y` goes straight, `Q cx cy x y` is a quadratic curve, and `h x y`
  /// and `v x y` are quarters of an ellipse that start out horizontally and vertically.
  init(width: Double, path: String) {
    var strokes: [[Point]] = []
    var words = path.split(separator: " ").makeIterator()
    func number() -> Double { words.next().flatMap { Double($0) } ?? 0 }
    func point() -> Point { Point(x: number(), y: number()) }
    while let command = words.next() {
      let last = strokes.last?.last ?? Point(x: 0, y: 0)
      switch command {
      case "M": strokes.append([point()])
      case "L": strokes[strokes.count - 1].append(point())
      case "Q":
        let control = point()
        strokes[strokes.count - 1] += Self.curve(last, control, point())
      case "h": strokes[strokes.count - 1] += Self.quarter(last, point(), startsHorizontally: true)
      default: strokes[strokes.count - 1] += Self.quarter(last, point(), startsHorizontally: false)
      }
    }
    self.width = width
    self.strokes = strokes
  }

  private static let pieces = 7

  private static func curve(_ start: Point, _ control: Point, _ end: Point) -> [Point] {
    (1...pieces).map { index in
      let t = Double(index) / Double(pieces)
      let (a, b, c) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t)
      return Point(
        x: a * start.x + b * control.x + c * end.x, y: a * start.y + b * control.y + c * end.y)
    }
  }

  private static func quarter(_ start: Point, _ end: Point, startsHorizontally: Bool) -> [Point] {
    (1...pieces).map { index in
      let angle = Double(index) / Double(pieces) * .pi / 2
      let (early, late) = (sin(angle), 1 - cos(angle))
      let (x, y) = startsHorizontally ? (early, late) : (late, early)
      return Point(x: start.x + (end.x - start.x) * x, y: start.y + (end.y - start.y) * y)
    }
  }
}
