internal import CKernels
internal import Inference

/// One matrix product of a convolution: weights (rows × depth) times the pixels under the kernel (depth × pixels), in
/// tiles of as many pixels as the register block has columns. The pixels are packed tile by tile, straight from the
/// padded image.
struct TileProduct: ImageProduct {
  let weights: PackedWeights
  let activation: CKActivation
  /// For each row of the product's right side, where its pixel for the first result lies.
  let offsets: [Int]
  let pixels: Int
  private let tiles: Tiles

  /// - Parameter rowStep: distance in the padded image between the pixels of vertically neighbouring results.
  init(
    weights: PackedWeights, activation: CKActivation, offsets: [Int], height: Int, width: Int, rowStep: Int,
    columns: Int
  ) {
    self.weights = weights
    self.activation = activation
    self.offsets = offsets
    pixels = height * width
    tiles = Tiles(height: height, width: width, rowStep: rowStep, columns: columns)
  }

  private var tileCount: Int { tiles.count }
  /// Rows of the right side that are packed and multiplied before the next: the results add up.
  private var depthStep: Int { min(offsets.count, 1024) }
  /// A panel and the vector that packing may write beyond it.
  private var panelLength: Int { (depthStep + 1) * tiles.columns }

  /// Tiles that share one pass over the weights: as many as stay in the second cache.
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

  func run(_ images: ProductImages, _ workspace: Workspace, shared: UnsafeMutablePointer<Float>) {
    let all = images.count * tileCount
    if splitsRows(images: images.count, threads: workspace.pool.count) {
      for part in depthParts {
        workspace.pool.run(chunks: all) { tile, _ in
          pack(part, tile, images, into: shared + tile * panelLength, workspace.kernels)
        }
        workspace.pool.split(weights.panelCount) { panels, _ in
          for tile in 0..<all {
            for panel in panels {
              multiply(part, panel, tile, shared + tile * panelLength, images, workspace.kernels)
            }
          }
        }
      }
      return
    }
    let size = min(groupSize, (all + workspace.pool.count - 1) / workspace.pool.count)
    workspace.pool.run(chunks: (all + size - 1) / size) { group, thread in
      let members = group * size..<min(all, (group + 1) * size)
      for part in depthParts { run(part, members, images, workspace.scratch(of: thread), workspace.kernels) }
    }
  }

  private var depthParts: [Range<Int>] {
    stride(from: 0, to: max(1, offsets.count), by: max(1, depthStep)).map {
      $0..<min(offsets.count, $0 + depthStep)
    }
  }

  private func run(
    _ part: Range<Int>, _ members: Range<Int>, _ images: ProductImages, _ packed: UnsafeMutablePointer<Float>,
    _ kernels: CKPlaneKernels
  ) {
    for tile in members {
      pack(part, tile, images, into: packed + (tile - members.lowerBound) * panelLength, kernels)
    }
    for panel in 0..<weights.panelCount {
      for tile in members {
        multiply(part, panel, tile, packed + (tile - members.lowerBound) * panelLength, images, kernels)
      }
    }
  }

  private func pack(
    _ part: Range<Int>, _ tile: Int, _ images: ProductImages, into panel: UnsafeMutablePointer<Float>,
    _ kernels: CKPlaneKernels
  ) {
    let source = images.source + tile / tileCount * images.sourceStride
    let runs = tiles.runRange(tile % tileCount)
    offsets.withUnsafeBufferPointer { offsets in
      tiles.runs.withUnsafeBufferPointer { all in
        guard let first = all.baseAddress else { return }
        kernels.pack(
          part.count, source, offsets.baseAddress.map { $0 + part.lowerBound }, first + runs.lowerBound, runs.count,
          panel)
      }
    }
  }

  private func multiply(
    _ part: Range<Int>, _ panel: Int, _ tile: Int, _ packed: UnsafePointer<Float>, _ images: ProductImages,
    _ kernels: CKPlaneKernels
  ) {
    let (image, index) = tile.quotientAndRemainder(dividingBy: tileCount)
    let row = panel * weights.panelHeight
    let target = image * images.outputStride + row * images.rowStride + index * tiles.columns
    let isFirst = part.lowerBound == 0
    // Later parts add to what those before them left.
    let added = isFirst ? images.residual : UnsafePointer(images.output)
    withUnsafePointer(to: part.upperBound == offsets.count ? activation : CKActivation(nil)) { activation in
      kernels.gemm(
        part.count, weights.panel(panel) + part.lowerBound * weights.panelHeight, packed, images.output + target,
        images.rowStride, min(weights.panelHeight, weights.rows - row),
        min(tiles.columns, pixels - index * tiles.columns), isFirst ? weights.bias.map { $0 + row } : nil,
        added.map { $0 + target }, activation)
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
