/// An axis-aligned rectangle in pixels of the displayed frame: top-left corner plus extent.
public struct Box: Hashable, Sendable, Codable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var maxX: Double { x + width }
  public var maxY: Double { y + height }
  public var area: Double { width * height }
  public var center: Point { Point(x: x + width / 2, y: y + height / 2) }
}

/// A box with the confidence of whoever proposed it, 0…1 from most detectors.
public struct ScoredBox: Hashable, Sendable, Codable {
  public var box: Box
  public var score: Double

  public init(_ box: Box, score: Double) {
    self.box = box
    self.score = score
  }
}
