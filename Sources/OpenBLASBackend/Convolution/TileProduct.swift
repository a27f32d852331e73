internal import CKernels
internal import Inference

/// One matrix product of a convolution: weights (rows × depth) times the pixels under the kernel (depth × pixels), in
/// tiles of as many pixels as the register block has columns. The pixels are packed tile by tile, straight from the
/// padded image.
struct TileProduct {
  let weights: PackedWeights
  /// Bias a row, padded to whole panels; nil for none.
  let bias: [Float]?
  let activation: CKActivation
  /// For each row of the product's right side, where its pixel for the first result lies.
  let offsets: [Int]
  let pixels: Int
  private let tiles: Tiles

  /// - Parameter rowStep: distance in the padded image between the pixels of vertically neighbouring results.
  init(
    weights: PackedWeights, bias: [Float]?, activation: CKActivation, offsets: [Int], height: Int, width: Int,
    rowStep: Int, columns: Int
  ) {
    self.weights = weights
    self.bias = bias.map { $0 + Array(repeating: 0, count: weights.panelCount * weights.panelHeight - $0.count) }
    self.activation = activation
    self.offsets = offsets
    pixels = height * width
    tiles = Tiles(height: height, width: width, rowStep: rowStep, columns: columns)
  }

  private var tileCount: Int { tiles.count }
  /// A panel and the vector that packing may write beyond it.
  private var panelLength: Int { (offsets.count + 1) * tiles.columns }

  /// Tiles that share one pass over the weights: as many as stay in the second-level cache.
  private var groupSize: Int { max(1, min(8, 192 * 1024 / max(1, panelLength))) }

  /// With few tiles the threads split the rows instead, after packing every tile once.
  private func splitsRows(images: Int, threads: Int) -> Bool {
    let all = images * tileCount
    return threads > 1 && (all < 2 * threads || all * panelLength <= 256 * 1024 && weights.rows >= 128)
  }

  func scratch(images: Int, threads: Int) -> ScratchNeed {
    splitsRows(images: images, threads: threads)
      ? ScratchNeed(sharedFloats: images * tileCount * panelLength)
      : ScratchNeed(threadFloats: groupSize * panelLength)
  }

  struct Images {
    var source: UnsafePointer<Float>
    var sourceStride: Int
    var output: UnsafeMutablePointer<Float>
    var outputStride: Int
    var rowStride: Int
    var residual: UnsafePointer<Float>?
    var count: Int
  }

  func run(_ images: Images, _ workspace: Workspace, shared: UnsafeMutablePointer<Float>) {
    let kernels = workspace.kernels
    let all = images.count * tileCount
    if splitsRows(images: images.count, threads: workspace.pool.count) {
      workspace.pool.run(chunks: all) { tile, _ in pack(tile, images, into: shared + tile * panelLength, kernels) }
      workspace.pool.split(weights.panelCount) { panels, _ in
        for tile in 0..<all {
          for panel in panels { multiply(panel, tile, shared + tile * panelLength, images, kernels) }
        }
      }
      return
    }
    let size = min(groupSize, (all + workspace.pool.count - 1) / workspace.pool.count)
    workspace.pool.run(chunks: (all + size - 1) / size) { group, thread in
      let packed = workspace.scratch(of: thread)
      let members = group * size..<min(all, (group + 1) * size)
      for tile in members {
        pack(tile, images, into: packed + (tile - members.lowerBound) * panelLength, kernels)
      }
      for panel in 0..<weights.panelCount {
        for tile in members {
          multiply(panel, tile, packed + (tile - members.lowerBound) * panelLength, images, kernels)
        }
      }
    }
  }

  private func pack(
    _ tile: Int, _ images: Images, into panel: UnsafeMutablePointer<Float>, _ kernels: CKKernels
  ) {
    let source = images.source + tile / tileCount * images.sourceStride
    let runs = tiles.runRange(tile % tileCount)
    tiles.runs.withUnsafeBufferPointer { all in
      guard let first = all.baseAddress else { return }
      kernels.pack(offsets.count, source, offsets, first + runs.lowerBound, runs.count, panel)
    }
  }

  private func multiply(
    _ panel: Int, _ tile: Int, _ packed: UnsafePointer<Float>, _ images: Images, _ kernels: CKKernels
  ) {
    let (image, index) = tile.quotientAndRemainder(dividingBy: tileCount)
    let row = panel * weights.panelHeight
    let target = image * images.outputStride + row * images.rowStride + index * tiles.columns
    let validRows = min(weights.panelHeight, weights.rows - row)
    let validColumns = min(tiles.columns, pixels - index * tiles.columns)
    let residual = images.residual.map { $0 + target }
    if let bias {
      bias.withUnsafeBufferPointer { bias in
        kernels.gemm(
          offsets.count, weights.panel(panel), packed, images.output + target, images.rowStride, validRows,
          validColumns, bias.baseAddress.map { $0 + row }, residual, activation)
      }
    } else {
      kernels.gemm(
        offsets.count, weights.panel(panel), packed, images.output + target, images.rowStride, validRows, validColumns,
        nil, residual, activation)
    }
  }
}

/// Cuts the results of one image, in reading order, into tiles of `columns` pixels, and each tile into runs that stay
/// within a row.
private struct Tiles {
  let columns: Int
  let count: Int
  private(set) var runs: [CKRun] = []
  private var starts: [Int] = []

  init(height: Int, width: Int, rowStep: Int, columns: Int) {
    self.columns = columns
    let pixels = height * width
    count = (pixels + columns - 1) / columns
    // Rows that follow each other without a gap are one row.
    let runWidth = rowStep == width ? pixels : width
    for tile in 0..<count {
      starts.append(runs.count)
      var pixel = tile * columns
      let end = min(pixels, pixel + columns)
      while pixel < end {
        let (y, x) = pixel.quotientAndRemainder(dividingBy: runWidth)
        let length = min(runWidth - x, end - pixel)
        runs.append(CKRun(column: pixel - tile * columns, length: length, source: y * rowStep + x))
        pixel += length
      }
    }
    starts.append(runs.count)
  }

  func runRange(_ tile: Int) -> Range<Int> { starts[tile]..<starts[tile + 1] }
}
