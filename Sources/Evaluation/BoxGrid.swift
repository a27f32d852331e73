internal import Pose

/// Boxes by where they lie, so that those that may touch another are found without looking at all of a crowd.
struct BoxGrid {
  private struct Cell: Hashable {
    var column: Int
    var row: Int
  }

  private let side: Double
  private var cells: [Cell: [Int]] = [:]
  /// Boxes over so many cells that they are looked at always.
  private var large: [Int] = []
  private static let largest = 64.0

  /// - Parameter side: Of a cell, in pixels; about the size of the boxes asked for.
  init(_ boxes: [Box], side: Double) {
    self.side = max(side, 1)
    for (index, box) in boxes.enumerated() {
      guard let covered = covered(box) else {
        large.append(index)
        continue
      }
      for row in covered.rows {
        for column in covered.columns { cells[Cell(column: column, row: row), default: []].append(index) }
      }
    }
  }

  /// The indices of the boxes that may touch this one, rising.
  func near(_ box: Box) -> [Int] {
    guard let covered = covered(box) else { return Set(cells.values.joined()).union(large).sorted() }
    var found = large
    for row in covered.rows {
      for column in covered.columns { found += cells[Cell(column: column, row: row)] ?? [] }
    }
    return covered.rows.count * covered.columns.count == 1 && large.isEmpty ? found : Set(found).sorted()
  }

  /// The cells under a box; nil where they are too many.
  private func covered(_ box: Box) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
    let (left, right) = ((box.x / side).rounded(.down), (box.maxX / side).rounded(.down))
    let (top, bottom) = ((box.y / side).rounded(.down), (box.maxY / side).rounded(.down))
    let limit = 1e12
    guard left <= right, top <= bottom, (right - left + 1) * (bottom - top + 1) <= Self.largest,
      min(left, top) > -limit, max(right, bottom) < limit
    else { return nil }
    return (Int(left)...Int(right), Int(top)...Int(bottom))
  }
}
