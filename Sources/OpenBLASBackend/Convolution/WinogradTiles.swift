internal import CKernels

/// The 4×4 tiles of the results of all images, in panels of as many as the register block has columns.
struct WinogradTiles {
  struct Panel {
    var sources: [CKRun] = []
    var targets: [CKTileRun] = []
    /// Tiles.
    var count = 0
  }

  let columns: Int
  private(set) var panels: [Panel] = []

  /// - Parameter rowLength: of the padded images, whose columns are sorted by their remainder modulo 4, which makes tiles,
  ///   four columns apart, neighbours.
  init(
    images: Int, height: Int, width: Int, rowLength: Int, sourceStride: Int, outputStride: Int, columns: Int
  ) {
    self.columns = columns
    let tilesInRow = (width + 3) / 4
    var column = columns
    for image in 0..<images {
      for y in 0..<(height + 3) / 4 {
        var x = 0
        while x < tilesInRow {
          if column == columns {
            panels.append(Panel())
            column = 0
          }
          let length = min(tilesInRow - x, columns - column)
          let source = image * sourceStride + 4 * y * rowLength + x
          panels[panels.count - 1].count += length
          panels[panels.count - 1].sources.append(CKRun(column: column, length: length, source: source))
          panels[panels.count - 1].targets.append(
            CKTileRun(column: column, length: length, plane: image * outputStride, y: 4 * y, x: 4 * x))
          column += length
          x += length
        }
      }
    }
  }
}
