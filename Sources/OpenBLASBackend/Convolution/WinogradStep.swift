internal import CKernels
internal import Inference

/// A 3×3 convolution of stride 1 by Winograd's minimal filtering: 36 products on 4×4 tiles of the result instead of 144
/// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016).
struct WinogradStep: Step {
  let weights: WinogradWeights
  let bias: [Float]
  let padded: PaddedImages
  let tiles: WinogradTiles
  let input: UnsafePointer<Float>
  let output: UnsafeMutablePointer<Float>
  let residual: UnsafePointer<Float>?
  let outputShape: [Int]
  let activation: CKActivation

  private var channels: Int { padded.channels }
  private var paddedFloats: Int { outputShape[0] * padded.imageLength + 64 }
  /// Transformed pixels of one panel of tiles.
  private var panelFloats: Int { 36 * channels * tiles.columns }
  /// Panels that are transformed before they are multiplied: as many as stay in the last cache.
  private var slab: Int { max(4, (2 << 20) / panelFloats) }
  private var productFloats: Int { 36 * weights.panelHeight * tiles.columns }

  var scratch: ScratchNeed {
    ScratchNeed(
      sharedFloats: paddedFloats + min(slab, tiles.panels.count) * panelFloats,
      threadFloats: max(productFloats, 37 * tiles.columns))
  }

  func run(_ workspace: Workspace) {
    let source = workspace.sharedScratch
    let transformed = source + paddedFloats
    let kernels = workspace.kernels
    workspace.pool.run(chunks: outputShape[0] * channels) { plane, _ in
      padded.fill(source + plane * padded.planeLength, plane: input + plane * padded.height * padded.width)
    }
    for first in stride(from: 0, to: tiles.panels.count, by: slab) {
      let panels = first..<min(tiles.panels.count, first + slab)
      let channelBlocks = (channels + 15) / 16
      workspace.pool.run(chunks: panels.count * channelBlocks) { chunk, thread in
        let (panel, block) = chunk.quotientAndRemainder(dividingBy: channelBlocks)
        for channel in block * 16..<min(channels, block * 16 + 16) {
          transform(
            channel, of: tiles.panels[first + panel], source, into: transformed + panel * panelFloats,
            workspace.scratch(of: thread), kernels)
        }
      }
      workspace.pool.run(chunks: panels.count * weights.panelCount) { chunk, thread in
        let (panel, rows) = chunk.quotientAndRemainder(dividingBy: weights.panelCount)
        multiply(
          rows, tiles.panels[first + panel], transformed + panel * panelFloats, workspace.scratch(of: thread), kernels)
      }
    }
  }

  private func transform(
    _ channel: Int, of panel: WinogradTiles.Panel, _ source: UnsafePointer<Float>,
    into transformed: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ kernels: CKKernels
  ) {
    kernels.pack(
      36, source + channel * padded.planeLength, tiles.offsets, panel.sources, panel.sources.count, scratch)
    kernels.winograd_input(scratch, transformed + channel * tiles.columns, channels * tiles.columns)
  }

  private func multiply(
    _ rows: Int, _ panel: WinogradTiles.Panel, _ transformed: UnsafePointer<Float>,
    _ products: UnsafeMutablePointer<Float>, _ kernels: CKKernels
  ) {
    let block = weights.panelHeight * tiles.columns
    let first = rows * weights.panelHeight
    let count = min(weights.panelHeight, outputShape[1] - first)
    // The register block has two vectors of columns; the last panel may need one.
    let columns = panel.count <= tiles.columns / 2 ? tiles.columns / 2 : tiles.columns
    for position in 0..<36 {
      kernels.gemm(
        channels, weights.panel(rows, position), transformed + position * channels * tiles.columns,
        products + position * block, tiles.columns, count, columns, nil, nil, CKActivation(nil))
    }
    let (height, width) = (outputShape[2], outputShape[3])
    for row in 0..<count {
      let plane = (first + row) * height * width
      kernels.winograd_output(
        products + row * tiles.columns, block, panel.targets, panel.targets.count, output + plane, height, width,
        bias.isEmpty ? 0 : bias[first + row], residual.map { $0 + plane }, activation)
    }
  }
}

/// The weights of every 3×3 kernel, transformed to 6×6: 36 matrices, packed.
struct WinogradWeights {
  private let packed: PackedWeights
  private let inputs: Int

  init(_ weights: Tensor, panelHeight: Int) {
    let (outputs, inputs) = (weights.shape[0], weights.shape[1])
    self.inputs = inputs
    let transformed = [Float](unsafeUninitializedCapacity: outputs * inputs * 36) { result, count in
      weights.withFloats { weights in
        for kernel in 0..<outputs * inputs {
          Self.transform(weights.baseAddress! + kernel * 9, into: result.baseAddress! + kernel * 36)
        }
      }
      count = result.count
    }
    packed = PackedWeights(rows: outputs, depth: 36 * inputs, panelHeight: panelHeight) { row, column in
      let (position, input) = column.quotientAndRemainder(dividingBy: inputs)
      return transformed[(row * inputs + input) * 36 + position]
    }
  }

  var panelHeight: Int { packed.panelHeight }
  var panelCount: Int { packed.panelCount }

  func panel(_ rows: Int, _ position: Int) -> UnsafePointer<Float> {
    packed.panel(rows) + position * inputs * panelHeight
  }

  /// G · g · Gᵀ in double precision.
  private static func transform(_ kernel: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 18) { half in
      for column in 0..<3 {
        transform(
          Double(kernel[column]), Double(kernel[3 + column]), Double(kernel[6 + column]), { half[$0 * 3 + column] = $1 }
        )
      }
      for row in 0..<6 {
        transform(half[row * 3], half[row * 3 + 1], half[row * 3 + 2], { result[row * 6 + $0] = Float($1) })
      }
    }
  }

  /// G · (x, y, z).
  private static func transform(_ x: Double, _ y: Double, _ z: Double, _ store: (_ index: Int, _ value: Double) -> Void)
  {
    let (outer, far) = ((x + z) / 6, x / 24 + z / 6)
    store(0, x / 4)
    store(1, -outer - y / 6)
    store(2, -outer + y / 6)
    store(3, far + y / 12)
    store(4, far - y / 12)
    store(5, z)
  }
}

/// The 4×4 tiles of all images, in panels of as many as the register block has columns.
struct WinogradTiles {
  struct Panel {
    var sources: [CKRun] = []
    var targets: [CKTileRun] = []
    /// Tiles.
    var count = 0
  }

  let columns: Int
  private(set) var panels: [Panel] = []
  /// Where each of a tile's 36 pixels lies in the padded image.
  let offsets: [Int]

  init(padded: PaddedImages, outputShape: [Int], columns: Int) {
    self.columns = columns
    offsets = (0..<36).map { padded.offset(y: $0 / 6, x: $0 % 6) }
    let (rows, rowLength) = ((outputShape[2] + 3) / 4, (outputShape[3] + 3) / 4)
    let imageLength = outputShape[1] * outputShape[2] * outputShape[3]
    var column = columns
    for image in 0..<outputShape[0] {
      for y in 0..<rows {
        var x = 0
        while x < rowLength {
          if column == columns {
            panels.append(Panel())
            column = 0
          }
          let length = min(rowLength - x, columns - column)
          // Tiles are four columns apart, which the padded image's four phases make neighbours.
          let source = image * padded.imageLength + 4 * y * padded.rowLength + x
          panels[panels.count - 1].count += length
          panels[panels.count - 1].sources.append(CKRun(column: column, length: length, source: source))
          panels[panels.count - 1].targets.append(
            CKTileRun(column: column, length: length, plane: image * imageLength, y: 4 * y, x: 4 * x))
          column += length
          x += length
        }
      }
    }
  }
}

extension StepBuilder {
  /// nil where the convolution is of another shape, or too small to gain by it.
  func winograd(_ node: Graph.Node, _ parameters: Convolution) -> (any Step)? {
    guard parameters.groups == 1, parameters.strides == [1, 1], parameters.dilations == [1, 1],
      let weights = storage.constant(node.inputs[1]), weights.shape[2...] == [3, 3],
      let input = storage.floats(node.inputs[0]), storage.constant(node.inputs[0]) == nil,
      let output = storage.mutableFloats(node.outputs[0]), let bias = bias(node, count: weights.shape[0])
    else { return nil }
    let (inputShape, outputShape) = (shape(node.inputs[0]), shape(node.outputs[0]))
    let (tileRows, tileColumns) = ((outputShape[2] + 3) / 4, (outputShape[3] + 3) / 4)
    let padding = parameters.padding
    let padded = PaddedImages(
      channels: inputShape[1], height: inputShape[2], width: inputShape[3],
      padding: [
        padding[0], padding[1], 4 * tileRows + 2 - inputShape[2] - padding[0],
        4 * tileColumns + 2 - inputShape[3] - padding[1],
      ], phases: 4)
    let tiles = WinogradTiles(padded: padded, outputShape: outputShape, columns: kernels.columns)
    // Multiplications, with those that fill up the last tiles and panels.
    let own = tiles.panels.count * kernels.columns * 36
    let direct = outputShape[0] * ((outputShape[2] * outputShape[3] + kernels.columns - 1) / kernels.columns)
    guard weights.shape[0] >= 16, weights.shape[1] >= 16, 3 * own < 2 * direct * kernels.columns * 9 else { return nil }
    return WinogradStep(
      weights: WinogradWeights(weights, panelHeight: kernels.rows), bias: bias, padded: padded, tiles: tiles,
      input: input, output: output, residual: residual(node), outputShape: outputShape,
      activation: CKActivation(parameters.activation))
  }
}
