extension Box {
  /// Area of the overlap with another box; 0 where they do not overlap or are not finite.
  public func intersection(_ other: Box) -> Double {
    let width = min(maxX, other.maxX) - max(x, other.x)
    let height = min(maxY, other.maxY) - max(y, other.y)
    return width > 0 && height > 0 ? width * height : 0
  }

  /// Intersection over union, 0…1; 0 for two empty boxes.
  public func iou(_ other: Box) -> Double {
    let shared = intersection(other)
    let union = area + other.area - shared
    return union > 0 ? shared / union : 0
  }

  /// The smallest box around the points; nil without any.
  public init?(around points: some Sequence<Point>) {
    var bounds: (minX: Double, minY: Double, maxX: Double, maxY: Double)?
    for point in points {
      let old = bounds ?? (point.x, point.y, point.x, point.y)
      bounds = (min(old.minX, point.x), min(old.minY, point.y), max(old.maxX, point.x), max(old.maxY, point.y))
    }
    guard let bounds else { return nil }
    self.init(x: bounds.minX, y: bounds.minY, width: bounds.maxX - bounds.minX, height: bounds.maxY - bounds.minY)
  }
}
