internal import CKernels
internal import Inference

/// A convolution of stride 1 with 3×3 or 2×2 taps by Winograd's minimal filtering (Lavin and Gray, "Fast Algorithms for
/// Convolutional Neural Networks", 2016): 36 or 25 products on 4×4 tiles of the result instead of 144 or 64, 16 or 9 on
/// 2×2 tiles instead of 36 or 16.
struct WinogradProduct: ImageProduct {
  let weights: WinogradWeights
  let activation: CKActivation
  /// Where each of a tile's pixels lies from its place in the padded plane.
  let offsets: [Int]
  let channels: Int
  let planeLength: Int
  let height: Int
  let width: Int
  let tiles: WinogradTiles

  /// Distance between the transformed pixels of one position and the next. One line more than they need: distances of
  /// powers of two would make all positions share few lines of the first cache.
  private var positionStride: Int { (channels + 1) * tiles.columns }
  /// Transformed pixels of one panel of tiles.
  private var panelFloats: Int { weights.form.positions * positionStride }
  /// Panels that are transformed before they are multiplied: as many as stay in the last cache.
  private var slab: Int { max(4, (2 << 20) / panelFloats) }
  /// Panels that share one pass over the weights: as many as stay in the second cache.
  private var groupSize: Int { max(1, 448 * 1024 / panelFloats) }
  private var block: Int { weights.panelHeight * tiles.columns }

  func scratch(images: Int, threads: Int) -> ScratchNeed {
    ScratchNeed(
      sharedFloats: min(slab, tiles.panels.count) * panelFloats,
      threadFloats: min(groupSize, tiles.panels.count) * weights.form.positions * block)
  }

  func run(_ images: ProductImages, _ workspace: Workspace, shared: UnsafeMutablePointer<Float>) {
    let kernels = workspace.kernels
    for first in stride(from: 0, to: tiles.panels.count, by: slab) {
      let panels = first..<min(tiles.panels.count, first + slab)
      let channelBlocks = (channels + 15) / 16
      workspace.pool.run(chunks: panels.count * channelBlocks) { chunk, _ in
        let (panel, block) = chunk.quotientAndRemainder(dividingBy: channelBlocks)
        transform(
          block * 16..<min(channels, block * 16 + 16), of: tiles.panels[first + panel], images.source,
          into: shared + panel * panelFloats, kernels)
      }
      let groups = (panels.count + groupSize - 1) / groupSize
      workspace.pool.run(chunks: groups * weights.panelCount) { chunk, thread in
        let (group, rows) = chunk.quotientAndRemainder(dividingBy: weights.panelCount)
        let members = first + group * groupSize..<min(panels.upperBound, first + (group + 1) * groupSize)
        multiply(
          rows, members, shared + group * groupSize * panelFloats, images, workspace.scratch(of: thread), kernels)
      }
    }
  }

  private func transform(
    _ channels: Range<Int>, of panel: WinogradTiles.Panel, _ source: UnsafePointer<Float>,
    into transformed: UnsafeMutablePointer<Float>, _ kernels: CKPlaneKernels
  ) {
    for channel in channels {
      kernels.winograd_input(
        weights.form.edge, source + channel * planeLength, offsets, panel.sources, panel.sources.count,
        transformed + channel * tiles.columns, positionStride)
    }
  }

  private func multiply(
    _ rows: Int, _ panels: Range<Int>, _ transformed: UnsafePointer<Float>, _ images: ProductImages,
    _ products: UnsafeMutablePointer<Float>, _ kernels: CKPlaneKernels
  ) {
    let first = rows * weights.panelHeight
    let count = min(weights.panelHeight, weights.rows - first)
    withUnsafePointer(to: CKActivation(nil)) { none in
      for position in 0..<weights.form.positions {
        for (index, panel) in panels.enumerated() {
          kernels.gemm(
            channels, weights.panel(rows, position),
            transformed + index * panelFloats + position * positionStride,
            products + (index * weights.form.positions + position) * block, tiles.columns, count,
            // The last panel may need one of the register block's two vectors.
            tiles.panels[panel].count <= tiles.columns / 2 ? tiles.columns / 2 : tiles.columns, nil, nil, none)
        }
      }
    }
    withUnsafePointer(to: activation) { activation in
      for (index, panel) in panels.enumerated() {
        let targets = tiles.panels[panel].targets
        for row in 0..<count {
          let plane = (first + row) * images.rowStride
          kernels.winograd_output(
            weights.form.edge, products + index * weights.form.positions * block + row * tiles.columns, block, targets,
            targets.count, images.output + plane, height, width, weights.bias?[first + row] ?? 0,
            images.residual.map { $0 + plane }, activation)
        }
      }
    }
  }
}

extension WinogradProduct {
  /// - Parameters:
  ///   - padded: sorts columns by their remainder modulo the tile and reaches as far as the tiles do.
  ///   - top, left: the pixel of the padded image under the first tap of the first result.
  ///   - outputShape: images, channels, height and width of the results.
  init(
    weights: WinogradWeights, activation: CKActivation, padded: PaddedImages, top: Int, left: Int,
    outputShape: [Int], columns: Int
  ) {
    self.weights = weights
    self.activation = activation
    let edge = 0..<weights.form.edge
    offsets = edge.flatMap { y in edge.map { x in padded.offset(y: top + y, x: left + x) } }
    channels = padded.channels
    planeLength = padded.planeLength
    (height, width) = (outputShape[2], outputShape[3])
    tiles = WinogradTiles(
      weights.form, images: outputShape[0], height: height, width: width, rowLength: padded.rowLength,
      sourceStride: padded.imageLength, outputStride: outputShape[1] * height * width, columns: columns)
  }
}
