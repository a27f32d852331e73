internal import Inference

/// The rows of a matrix in panels as high as the register block: panel p holds, for each column, the elements of rows
/// p · height and on, zeros below the last.
final class PackedWeights {
  let panelHeight: Int
  let rows: Int
  let depth: Int
  private let arena: Arena

  init(rows: Int, depth: Int, panelHeight: Int, element: (_ row: Int, _ column: Int) -> Float) {
    self.panelHeight = panelHeight
    self.rows = rows
    self.depth = depth
    let panels = (rows + panelHeight - 1) / panelHeight
    // The kernel prefetches, harmlessly, beyond the end.
    arena = Arena(byteCount: panels * panelHeight * depth * 4)
    let base = arena.base.assumingMemoryBound(to: Float.self)
    for row in 0..<rows {
      let panel = base + row / panelHeight * panelHeight * depth + row % panelHeight
      for column in 0..<depth { panel[column * panelHeight] = element(row, column) }
    }
  }

  var panelCount: Int { (rows + panelHeight - 1) / panelHeight }

  func panel(_ index: Int) -> UnsafePointer<Float> {
    UnsafePointer(arena.base.assumingMemoryBound(to: Float.self) + index * panelHeight * depth)
  }
}
