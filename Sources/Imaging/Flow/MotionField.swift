package import Pose

/// How the parts of a picture moved since the picture before, as an encoder found it: one way for every cell of 8 × 8 pixels.
package struct MotionField: Sendable {
  package let width: Int
  package let height: Int
  private let columns: Int
  /// By row and column; not a number where the encoder tells nothing.
  private var shifts: [SIMD2<Float>]

  private static let cell = 8
  /// Steps towards the part that came from a place.
  private static let steps = 3

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
    for row in firstRow..<endRow {
      for column in firstColumn..<endColumn { shifts[row * columns + column] = shift }
    }
  }

  /// Where a point of the picture before is now: there where the part of the picture is that came from it.
  package func moved(_ point: Point) -> Point? {
    var result = point
    for _ in 0..<Self.steps {
      guard let shift = shift(at: result) else { return nil }
      result = Point(x: point.x + Double(shift.x), y: point.y + Double(shift.y))
    }
    return result
  }

  /// Of the cell nearest to a point in the picture or beside it.
  private func shift(at point: Point) -> SIMD2<Float>? {
    guard point.x.isFinite, point.y.isFinite else { return nil }
    let x = min(max(point.x + 0.5, 0), Double(width - 1))
    let y = min(max(point.y + 0.5, 0), Double(height - 1))
    let shift = shifts[Int(y) / Self.cell * columns + Int(x) / Self.cell]
    return shift.x.isNaN ? nil : shift
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
