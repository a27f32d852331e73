package import Pose

/// How the parts of a picture moved since the picture before, as an encoder found it: one way for every cell of 8 × 8 pixels.
package struct MotionField: Sendable {
  package let width: Int
  package let height: Int
  private let columns: Int
  /// By row and column; not a number where the encoder tells nothing.
  private var shifts: [SIMD2<Float>]

  /// Of any cell, in pixels in either direction.
  private var longest: Float = 0

  private static let cell = 8
  /// Longer ways are faults of the encoder.
  private static let longestWay: Float = 128

  package init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    columns = (width + Self.cell - 1) / Self.cell
    let rows = (height + Self.cell - 1) / Self.cell
    shifts = [SIMD2<Float>](repeating: SIMD2(.nan, .nan), count: columns * rows)
  }

  package var byteCount: Int { shifts.count * MemoryLayout<SIMD2<Float>>.stride }

  /// Whether there is a cell that the encoder tells the way of.
  package var isEmpty: Bool { shifts.allSatisfy { $0.x.isNaN } }

  /// Says how the pixels of a block came to where they are. Edges of pixels are whole numbers here.
  package mutating func set(left: Int, top: Int, right: Int, bottom: Int, shift: SIMD2<Float>) {
    // Cells count whose middle lies in the block.
    func first(_ edge: Int) -> Int { (edge + Self.cell / 2 - 1) / Self.cell }
    let (firstColumn, endColumn) = (first(max(0, left)), min(first(max(0, right)), columns))
    let (firstRow, endRow) = (first(max(0, top)), min(first(max(0, bottom)), shifts.count / max(1, columns)))
    guard firstColumn < endColumn, firstRow < endRow else { return }
    longest = max(longest, abs(shift.x), abs(shift.y))
    for row in firstRow..<endRow {
      for column in firstColumn..<endColumn { shifts[row * columns + column] = shift }
    }
  }

  /// Where a point of the picture before is now: with the cell that comes from nearest to it.
  package func moved(_ point: Point) -> Point? {
    guard point.x.isFinite, point.y.isFinite, abs(point.x) < 1e6, abs(point.y) < 1e6 else { return nil }
    let half = Float(Self.cell) / 2
    // Edges of pixels are whole numbers here.
    let place = SIMD2(Float(point.x) + 0.5, Float(point.y) + 0.5)
    let reach = min(longest, Self.longestWay) + half
    func cells(_ coordinate: Float, _ count: Int) -> ClosedRange<Int>? {
      let first = max(0, Int(((coordinate - reach) / Float(Self.cell)).rounded(.down)))
      let last = min(count - 1, Int(((coordinate + reach) / Float(Self.cell)).rounded(.down)))
      return first <= last ? first...last : nil
    }
    guard let across = cells(place.x, columns), let down = cells(place.y, shifts.count / columns) else { return nil }
    var nearest: (distance: Float, shift: SIMD2<Float>)?
    for row in down {
      for column in across {
        let shift = shifts[row * columns + column]
        let middle = SIMD2(Float(column) + 0.5, Float(row) + 0.5) * Float(Self.cell)
        let offset = middle - shift - place
        let distance = max(abs(offset.x), abs(offset.y))
        // No comparison holds for what is not a number.
        if distance <= half + 0.5, distance < nearest?.distance ?? .infinity { nearest = (distance, shift) }
      }
    }
    return nearest.map { Point(x: point.x + Double($0.shift.x), y: point.y + Double($0.shift.y)) }
  }
}

/// The motion over several pictures, one after the other.
package struct MotionPath: OpticalFlow {
  package var fields: [MotionField]

  package init(_ fields: [MotionField]) { self.fields = fields }

  package var byteCount: Int { fields.reduce(0) { $0 + $1.byteCount } }

  package func moved(_ points: [Point]) -> [Point?] {
    points.map { point in
      var point: Point? = point
      for field in fields { point = point.flatMap { field.moved($0) } }
      return point
    }
  }
}
