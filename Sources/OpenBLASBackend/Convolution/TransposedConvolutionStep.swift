internal import CKernels
internal import Inference

/// A transposed convolution as one small convolution for each phase of the output: the results at rows and columns that
/// leave the same remainders modulo the strides see the same taps of the kernel (Shi et al., "Is the deconvolution layer
/// the same as a convolutional layer?", 2016). The phases are woven together at the end.
struct TransposedConvolutionStep: Step {
  struct Phase {
    var product: TileProduct
    /// First output row and column.
    var y: Int
    var x: Int
    var height: Int
    var width: Int
    /// Where the tap of the first result lies in the padded image.
    var sourceOffset: Int
  }

  let phases: [Phase]
  let padded: PaddedImages
  let strides: [Int]
  let input: UnsafePointer<Float>
  let output: UnsafeMutablePointer<Float>
  let residual: UnsafePointer<Float>?
  let outputShape: [Int]
  let activation: CKActivation
  let threads: Int

  private var images: Int { outputShape[0] }
  private var outputArea: Int { outputShape[2] * outputShape[3] }
  private var paddedFloats: Int { images * padded.imageLength + 64 }
  private var phaseFloats: Int { images * outputShape[1] * outputArea + 64 }

  var scratch: ScratchNeed {
    let needs = phases.map { $0.product.scratch(images: images, threads: threads) }
    return ScratchNeed(
      sharedFloats: paddedFloats + phaseFloats + (needs.map(\.sharedFloats).max() ?? 0),
      threadFloats: needs.map(\.threadFloats).max() ?? 0)
  }

  func run(_ workspace: Workspace) {
    let source = workspace.sharedScratch
    let results = source + paddedFloats
    workspace.pool.run(chunks: images * padded.channels) { plane, _ in
      padded.fill(source + plane * padded.planeLength, plane: input + plane * padded.height * padded.width)
    }
    var start = 0
    for phase in phases {
      let area = phase.height * phase.width
      phase.product.run(
        .init(
          source: source + phase.sourceOffset, sourceStride: padded.imageLength, output: results + start,
          outputStride: outputShape[1] * area, rowStride: area, residual: nil, count: images),
        workspace, shared: results + phaseFloats)
      start += images * outputShape[1] * area
    }
    workspace.pool.run(chunks: images * outputShape[1]) { plane, _ in
      weave(plane, UnsafePointer(results))
      if let residual { finish(plane, adding: residual, workspace.kernels) }
    }
  }

  private func weave(_ plane: Int, _ results: UnsafePointer<Float>) {
    let target = output + plane * outputArea
    let width = outputShape[3]
    var start = 0
    for phase in phases {
      let area = phase.height * phase.width
      let from = results + start + plane * area
      for y in 0..<phase.height {
        let row = target + (phase.y + y * strides[0]) * width + phase.x
        ck_spread(from + y * phase.width, row, phase.width, strides[1])
      }
      start += images * outputShape[1] * area
    }
  }

  /// Without a residual the products apply the activation themselves.
  private func finish(_ plane: Int, adding residual: UnsafePointer<Float>, _ kernels: CKKernels) {
    let target = output + plane * outputArea
    kernels.binary(CKBinaryAdd, target, 1, residual + plane * outputArea, 1, target, outputArea)
    if activation.kind != CKActivationNone { kernels.map(target, target, outputArea, 1, 0, activation) }
  }
}

extension StepBuilder {
  func transposedConvolution(_ node: Graph.Node, _ parameters: Convolution) -> (any Step)? {
    guard parameters.groups == 1, parameters.dilations == [1, 1], let input = storage.floats(node.inputs[0]),
      let weights = storage.constant(node.inputs[1]), let output = storage.mutableFloats(node.outputs[0]),
      storage.constant(node.inputs[0]) == nil, let bias = bias(node, count: weights.shape[1])
    else { return nil }
    let outputShape = shape(node.outputs[0])
    let activation = CKActivation(parameters.activation)
    let residual = residual(node)
    let ofProducts = residual == nil ? activation : CKActivation(nil)
    let layout = TransposedLayout(
      parameters, kernel: Array(weights.shape[2...]), input: shape(node.inputs[0]), output: outputShape)
    return TransposedConvolutionStep(
      phases: layout.phases.map { phase($0, layout, weights, bias, ofProducts) }, padded: layout.padded,
      strides: parameters.strides, input: input, output: output, residual: residual, outputShape: outputShape,
      activation: activation, threads: threads)
  }

  private func phase(
    _ phase: TransposedLayout.Phase, _ layout: TransposedLayout, _ weights: Tensor, _ bias: [Float],
    _ activation: CKActivation
  ) -> TransposedConvolutionStep.Phase {
    let (inputs, outputs) = (weights.shape[0], weights.shape[1])
    let (kernelHeight, kernelWidth) = (weights.shape[2], weights.shape[3])
    let taps = phase.taps
    let tapOffsets = layout.offsets(phase)
    let offsets = (0..<inputs).flatMap { channel in tapOffsets.map { channel * layout.padded.planeLength + $0 } }
    let packed = weights.withFloats { all in
      PackedWeights(rows: outputs, depth: offsets.count, panelHeight: kernels.rows) { row, column in
        let (channel, tap) = column.quotientAndRemainder(dividingBy: taps.count)
        return all[((channel * outputs + row) * kernelHeight + taps[tap].y) * kernelWidth + taps[tap].x]
      }
    }
    let (rows, columns) = (phase.rows, phase.columns)
    let product = TileProduct(
      weights: packed, bias: bias.isEmpty ? nil : bias, activation: activation, offsets: offsets,
      height: rows.count, width: columns.count, rowStep: layout.padded.rowLength, columns: kernels.columns)
    return .init(
      product: product, y: rows.firstOutput, x: columns.firstOutput, height: rows.count, width: columns.count,
      sourceOffset: layout.origin(phase))
  }
}
