internal import Pose

extension CoverageMask {
  /// Adds a shape, as far as it lies in the picture. Shapes with coordinates or sizes that are not finite or beyond
  /// ten million pixels, or that have no extent, add nothing. Lines thinner than a pixel keep its width and become
  /// fainter instead.
  public mutating func add(_ shape: Shape, opacity: Double = 1) {
    switch shape {
    case .line(let from, let to, let width):
      guard from.isDrawable, to.isDrawable, width.isDrawableLength else { return }
      let margin = width / 2 + 2
      let visible = Box(
        x: -margin, y: -margin, width: Double(self.width) + 2 * margin, height: Double(self.height) + 2 * margin)
      guard let (start, end) = visible.clip(from, to) else { return }
      let field = LineField(
        Float(start.x), Float(start.y), Float(end.x), Float(end.y), radius: Float(max(width, 1) / 2))
      fill(field, opacity: opacity * min(width, 1))
    case .disc(let center, let radius):
      add(.line(from: center, to: center, width: 2 * radius), opacity: opacity)
    case .ring(let center, let radius, let width):
      guard center.isDrawable, radius.isDrawableLength, width.isDrawableLength else { return }
      let field = RingField(
        x: Float(center.x), y: Float(center.y), radius: Float(radius), halfWidth: Float(max(width, 1) / 2))
      fill(field, opacity: opacity * min(width, 1))
    case .rectangle(let box, let cornerRadius):
      guard box.isDrawable else { return }
      fill(RectangleField(box, cornerRadius: cornerRadius), opacity: opacity)
    case .frame(let box, let cornerRadius, let width):
      guard box.isDrawable, width.isDrawableLength else { return }
      let outline = RectangleField(box, cornerRadius: cornerRadius)
      fill(FrameField(outline: outline, halfStroke: Float(max(width, 1) / 2)), opacity: opacity * min(width, 1))
    case .ellipse(let box):
      guard box.isDrawable else { return }
      let field = EllipseField(
        x: Float(box.center.x), y: Float(box.center.y), radiusX: Float(box.width / 2), radiusY: Float(box.height / 2))
      fill(field, opacity: opacity)
    }
  }
}

extension Double {
  fileprivate var isDrawable: Bool { abs(self) <= 1e7 }
  fileprivate var isDrawableLength: Bool { isDrawable && self > 0 }
}

extension Point {
  fileprivate var isDrawable: Bool { x.isDrawable && y.isDrawable }
}

extension RectangleField {
  init(_ box: Box, cornerRadius: Double) {
    let corner = min(max(cornerRadius.isFinite ? cornerRadius : 0, 0), min(box.width, box.height) / 2)
    self.init(
      x: Float(box.center.x), y: Float(box.center.y), halfWidth: Float(box.width / 2),
      halfHeight: Float(box.height / 2),
      corner: Float(corner))
  }
}

extension Box {
  fileprivate var isDrawable: Bool {
    x.isDrawable && y.isDrawable && width.isDrawableLength && height.isDrawableLength
  }

  /// The part of a segment that lies in the box (Liang and Barsky 1984); nil where none does.
  fileprivate func clip(_ from: Point, _ to: Point) -> (Point, Point)? {
    var enter = 0.0
    var leave = 1.0
    let dx = to.x - from.x
    let dy = to.y - from.y
    func cut(_ step: Double, _ room: Double) -> Bool {
      if step == 0 { return room >= 0 }
      if step < 0 { enter = max(enter, room / step) } else { leave = min(leave, room / step) }
      return enter <= leave
    }
    guard cut(-dx, from.x - x), cut(dx, maxX - from.x), cut(-dy, from.y - y), cut(dy, maxY - from.y) else { return nil }
    let start = enter > 0 ? Point(x: from.x + dx * enter, y: from.y + dy * enter) : from
    let end = leave < 1 ? Point(x: from.x + dx * leave, y: from.y + dy * leave) : to
    return (start, end)
  }
}
