internal import Pose

/// How much of every pixel of a picture is covered by the shapes added so far, 0…255. Where shapes overlap the larger
/// coverage counts, so that a drawing of several shapes in one colour has no seams.
///
/// It is as large as the picture, made once and used again: only rows and columns that were touched are visited.
public struct CoverageMask: Sendable {
  public let width: Int
  public let height: Int
  var coverage: [UInt8]
  /// The touched columns of every row; empty where the lower bound is not below the upper.
  private(set) var columns: [Range<Int>]
  private(set) var rows = 0..<0

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
    coverage = [UInt8](repeating: 0, count: width * height)
    columns = [Range<Int>](repeating: 0..<0, count: height)
  }

  /// The coverage of one pixel, 0…255.
  public subscript(x: Int, y: Int) -> UInt8 { coverage[y * width + x] }

  /// Takes everything away.
  public mutating func clear() {
    coverage.withUnsafeMutableBufferPointer { buffer in
      for y in rows where !columns[y].isEmpty {
        let run = columns[y]
        (buffer.baseAddress! + y * width + run.lowerBound).update(repeating: 0, count: run.count)
        columns[y] = 0..<0
      }
    }
    rows = 0..<0
  }

  /// Adds a shape, as far as it lies in the picture. Shapes with coordinates or sizes that are not finite, or that
  /// have no extent, add nothing.
  public mutating func add(_ shape: Shape, opacity: Double = 1) {
    let limit = 1e7
    func isDrawable(_ values: Double...) -> Bool { values.allSatisfy { abs($0) <= limit } }
    func isDrawable(_ box: Box) -> Bool {
      isDrawable(box.x, box.y, box.width, box.height) && box.width > 0 && box.height > 0
    }
    switch shape {
    case .line(let from, let to, let width):
      guard isDrawable(from.x, from.y, to.x, to.y, width), width > 0 else { return }
      let margin = width / 2 + 2
      let visible = Box(
        x: -margin, y: -margin, width: Double(self.width) + 2 * margin, height: Double(self.height) + 2 * margin)
      guard let (start, end) = visible.clip(from, to) else { return }
      // Lines thinner than a pixel keep its width and become fainter instead.
      fill(
        LineField(
          Float(start.x), Float(start.y), Float(end.x), Float(end.y), radius: Float(max(width, 1) / 2)),
        opacity: opacity * min(width, 1))
    case .disc(let center, let radius):
      add(.line(from: center, to: center, width: 2 * radius), opacity: opacity)
    case .ring(let center, let radius, let width):
      guard isDrawable(center.x, center.y, radius, width), radius > 0, width > 0 else { return }
      fill(
        RingField(x: Float(center.x), y: Float(center.y), radius: Float(radius), halfWidth: Float(max(width, 1) / 2)),
        opacity: opacity * min(width, 1))
    case .rectangle(let box, let cornerRadius):
      guard isDrawable(box) else { return }
      fill(RectangleField(box, cornerRadius: cornerRadius), opacity: opacity)
    case .frame(let box, let cornerRadius, let width):
      guard isDrawable(box), isDrawable(width), width > 0 else { return }
      let outline = RectangleField(box, cornerRadius: cornerRadius)
      fill(FrameField(outline: outline, halfStroke: Float(max(width, 1) / 2)), opacity: opacity * min(width, 1))
    case .ellipse(let box):
      guard isDrawable(box) else { return }
      fill(
        EllipseField(
          x: Float(box.center.x), y: Float(box.center.y), radiusX: Float(box.width / 2), radiusY: Float(box.height / 2)),
        opacity: opacity)
    }
  }

  private mutating func fill(_ field: some DistanceField, opacity: Double) {
    let scale = Float(255 * min(max(opacity, 0), 1))
    let rows = Self.pixels(from: field.minY, to: field.maxY, limit: height)
    guard scale > 0, !rows.isEmpty else { return }
    coverage.withUnsafeMutableBufferPointer { buffer in
      columns.withUnsafeMutableBufferPointer { touched in
        guard let base = buffer.baseAddress else { return }
        for row in rows {
          let y = Float(row)
          let (first, second) = field.columns(y)
          for run in [first, second] {
            guard let run else { continue }
            let columns = Self.pixels(from: run.from, to: run.to, limit: width)
            guard !columns.isEmpty else { continue }
            touched[row] = touched[row].isEmpty ? columns : touched[row].union(columns)
            let line = base + row * width
            for x in columns {
              let share = max(0, min(1, 0.5 - field.distance(Float(x), y)))
              let level = UInt8(truncatingIfNeeded: (share * scale + 0x1p23).bitPattern)
              line[x] = max(line[x], level)
            }
          }
        }
      }
    }
    self.rows = self.rows.isEmpty ? rows : self.rows.union(rows)
  }

  /// The pixels 0..<limit that a run of positions can touch.
  private static func pixels(from: Float, to: Float, limit: Int) -> Range<Int> {
    let lower = max(0, min(Float(limit), (from - 0.5).rounded(.up)))
    let upper = max(0, min(Float(limit), (to + 0.5).rounded(.down) + 1))
    return lower < upper ? Int(lower)..<Int(upper) : 0..<0
  }
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

extension Range<Int> {
  fileprivate func union(_ other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}

extension Box {
  /// The part of a segment that lies in the box (Liang and Barsky 1984); nil where none does.
  fileprivate func clip(_ from: Point, _ to: Point) -> (Point, Point)? {
    var enter = 0.0
    var leave = 1.0
    let dx = to.x - from.x
    let dy = to.y - from.y
    for (step, room) in [(-dx, from.x - x), (dx, maxX - from.x), (-dy, from.y - y), (dy, maxY - from.y)] {
      if step == 0 {
        if room < 0 { return nil }
      } else if step < 0 {
        enter = max(enter, room / step)
      } else {
        leave = min(leave, room / step)
      }
    }
    guard enter <= leave else { return nil }
    let start = enter > 0 ? Point(x: from.x + dx * enter, y: from.y + dy * enter) : from
    let end = leave < 1 ? Point(x: from.x + dx * leave, y: from.y + dy * leave) : to
    return (start, end)
  }
}
