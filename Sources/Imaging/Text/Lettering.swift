public import Pose

/// A line of text in PoseTrail's own alphabet, which is drawn with a round pen at any size.
public struct Lettering: Hashable, Sendable {
  public var text: String
  /// The height of capitals and digits, pen included, in pixels.
  public var capHeight: Double
  /// The width of the pen as a share of the height.
  public var weight: Double

  public init(_ text: String, capHeight: Double, weight: Double = 0.14) {
    self.text = text
    self.capHeight = capHeight
    self.weight = weight
  }

  private var pen: Double { capHeight * weight }
  private var unit: Double { (capHeight - pen) / 12 }
  private var gap: Double { pen + 1.7 * unit }

  /// The width of the line, pen included, in pixels.
  public var width: Double {
    let widths = text.map { Glyph.of($0).width * unit }
    return widths.isEmpty ? 0 : widths.reduce(0, +) + gap * Double(widths.count - 1) + pen
  }

  /// Adds the text to a mask; `origin` is the top left corner of its capitals.
  public func add(to mask: inout CoverageMask, at origin: Point) {
    guard capHeight.isFinite, weight.isFinite, capHeight > 0, weight > 0, weight < 1 else { return }
    var left = origin.x + pen / 2
    let top = origin.y + pen / 2
    for character in text {
      let glyph = Glyph.of(character)
      for stroke in glyph.strokes {
        let points = stroke.map { Point(x: left + $0.x * unit, y: top + $0.y * unit) }
        for (from, to) in zip(points, points.dropFirst()) {
          mask.add(.line(from: from, to: to, width: pen))
        }
      }
      left += glyph.width * unit + gap
    }
  }
}
