internal import CKernels

/// The tiles of the results of all images, in panels of as many as the register block has columns.
struct WinogradTiles {
  struct Panel {
    var sources: [CKRun] = []
    var targets: [CKTileRun] = []
    /// Tiles.
    var count = 0
  }

  let columns: Int
  private(set) var panels: [Panel] = []

  /// - Parameter rowLength: of the padded images, whose columns are sorted by their remainder modulo the tile, which makes
  ///   tiles neighbours.
  init(
    _ form: WinogradForm, images: Int, height: Int, width: Int, rowLength: Int, sourceStride: Int, outputStride: Int,
    columns: Int
  ) {
    self.columns = columns
    let (tile, tilesInRow) = (form.tile, form.tiles(width))
    var column = columns
    for image in 0..<images {
      for y in 0..<form.tiles(height) {
        var x = 0
        while x < tilesInRow {
          if column == columns {
            panels.append(Panel())
            column = 0
          }
          let length = min(tilesInRow - x, columns - column)
          let source = image * sourceStride + tile * y * rowLength + x
          panels[panels.count - 1].count += length
          panels[panels.count - 1].sources.append(CKRun(column: column, length: length, source: source))
          panels[panels.count - 1].targets.append(
            CKTileRun(column: column, length: length, plane: image * outputStride, y: tile * y, x: tile * x))
          column += length
          x += length
        }
      }
    }
  }
}
