internal import Inference

/// The rows of a matrix in panels as high as the register block: panel p holds, for each column, the elements of rows
/// p · height and on, zeros below the last. A bias for each row comes with it.
///
/// `@unchecked Sendable`: written by who packs it, before anyone else sees it.
final class PackedWeights: @unchecked Sendable {
  let panelHeight: Int
  let rows: Int
  let depth: Int
  /// One number a row, padded to whole panels; nil for none.
  let bias: UnsafePointer<Float>?
  private let arena: Arena
  private let base: UnsafeMutablePointer<Float>

  /// Zeros, to be filled. Throws where there is no memory.
  init(rows: Int, depth: Int, panelHeight: Int, bias: some Collection<Float> = []) throws {
    self.panelHeight = panelHeight
    self.rows = rows
    self.depth = depth
    let paddedRows = (rows + panelHeight - 1) / panelHeight * panelHeight
    // The kernel prefetches, harmlessly, beyond the end.
    arena = try Arena(byteCount: paddedRows * (depth + 1) * 4)
    base = arena.base.assumingMemoryBound(to: Float.self)
    let end = base + paddedRows * depth
    for (row, value) in bias.enumerated() { end[row] = value }
    self.bias = bias.isEmpty ? nil : UnsafePointer(end)
  }

  convenience init(
    rows: Int, depth: Int, panelHeight: Int, bias: some Collection<Float> = [],
    element: (_ row: Int, _ column: Int) -> Float
  ) throws {
    try self.init(rows: rows, depth: depth, panelHeight: panelHeight, bias: bias)
    for row in 0..<rows {
      for column in 0..<depth { self[row, column] = element(row, column) }
    }
  }

  subscript(row: Int, column: Int) -> Float {
    get { base[(row / panelHeight * depth + column) * panelHeight + row % panelHeight] }
    set { base[(row / panelHeight * depth + column) * panelHeight + row % panelHeight] = newValue }
  }

  var panelCount: Int { (rows + panelHeight - 1) / panelHeight }

  func panel(_ index: Int) -> UnsafePointer<Float> {
    UnsafePointer(base + index * panelHeight * depth)
  }
}
