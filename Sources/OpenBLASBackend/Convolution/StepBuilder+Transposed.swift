internal import CKernels
internal import Inference

extension StepBuilder {
  func transposedConvolution(_ node: Graph.Node, _ parameters: Convolution) throws -> (any Step)? {
    guard parameters.groups == 1, parameters.dilations == [1, 1], let input = storage.floats(node.inputs[0]),
      let weights = storage.constant(node.inputs[1]), let output = storage.mutableFloats(node.outputs[0]),
      storage.constant(node.inputs[0]) == nil, let bias = bias(node, count: weights.shape[1])
    else { return nil }
    let (inputShape, outputShape) = (shape(node.inputs[0]), shape(node.outputs[0]))
    let activation = CKActivation(parameters.activation)
    let residual = residual(node)
    let layout = { (tile: Int) in
      TransposedLayout(
        parameters, kernel: Array(weights.shape[2...]), input: inputShape, output: outputShape, tile: tile)
    }
    let form = winogradForm(layout(1), channels: weights.shape, images: outputShape[0])
    let chosen = layout(form?.tile ?? 1)
    let ofProducts = residual == nil ? activation : CKActivation(nil)
    let products = try chosen.phases.enumerated().map { index, phase -> any ImageProduct in
      if let form {
        try winograd(form, phase, index, chosen, images: outputShape[0], node, weights, bias, ofProducts)
      } else {
        try direct(phase, index, chosen, node, weights, bias, ofProducts)
      }
    }
    var end = 0
    let phases = chosen.phases.map { phase in
      let (height, width) = (phase.rows.count, phase.columns.count)
      defer { end += outputShape[0] * outputShape[1] * height * width }
      return TransposedConvolutionStep.Phase(
        y: phase.rows.firstOutput, x: phase.columns.firstOutput, height: height, width: width, start: end)
    }
    return TransposedConvolutionStep(
      products: products, phases: phases, padded: chosen.padded, strides: parameters.strides, input: input,
      output: output, residual: residual, outputShape: outputShape, activation: activation, threads: threads)
  }

  private func direct(
    _ phase: TransposedLayout.Phase, _ index: Int, _ layout: TransposedLayout, _ node: Graph.Node, _ weights: Tensor,
    _ bias: [Float], _ activation: CKActivation
  ) throws -> TileProduct {
    let (inputs, outputs) = (weights.shape[0], weights.shape[1])
    let (kernelHeight, kernelWidth) = (weights.shape[2], weights.shape[3])
    let taps = phase.taps
    let tapOffsets = layout.offsets(phase)
    let offsets = (0..<inputs).flatMap { channel in tapOffsets.map { channel * layout.padded.planeLength + $0 } }
    let packed = try packed(node, .phase(index)) {
      try weights.withFloats { all in
        try PackedWeights(rows: outputs, depth: offsets.count, panelHeight: kernels.rows, bias: bias) { row, column in
          let (channel, tap) = column.quotientAndRemainder(dividingBy: taps.count)
          return all[((channel * outputs + row) * kernelHeight + taps[tap].y) * kernelWidth + taps[tap].x]
        }
      }
    }
    return TileProduct(
      weights: packed, activation: activation, offsets: offsets, height: phase.rows.count, width: phase.columns.count,
      rowStep: layout.padded.rowLength, columns: kernels.columns)
  }

  /// nil unless every phase is a convolution of 2×2 taps and Winograd's is faster for the first, which is the largest.
  private func winogradForm(_ layout: TransposedLayout, channels: [Int], images: Int) -> WinogradForm? {
    guard let first = layout.phases.first,
      layout.phases.allSatisfy({ $0.rows.taps.count == 2 && $0.columns.taps.count == 2 })
    else { return nil }
    return WinogradForm.fastest(
      taps: 2, inputs: channels[0], outputs: channels[1], images: images, height: first.rows.count,
      width: first.columns.count, columns: kernels.columns)
  }

  /// The phase as a convolution, whose taps run the other way.
  private func winograd(
    _ form: WinogradForm, _ phase: TransposedLayout.Phase, _ index: Int, _ layout: TransposedLayout, images: Int,
    _ node: Graph.Node,
    _ weights: Tensor, _ bias: [Float], _ activation: CKActivation
  ) throws -> WinogradProduct {
    let (rows, columns, kernelWidth) = (phase.rows, phase.columns, weights.shape[3])
    let kernelArea = weights.shape[2] * kernelWidth
    let taps = KernelLayout(
      form: form, outputs: weights.shape[1], inputs: weights.shape[0],
      first: rows.taps[1] * kernelWidth + columns.taps[1], outputStep: kernelArea,
      inputStep: weights.shape[1] * kernelArea, rowStep: -rows.stride * kernelWidth, columnStep: -columns.stride)
    let packed = try packed(node, .winogradPhase(index, form)) {
      try WinogradWeights.pack(weights, taps, bias: bias, panelHeight: kernels.rows)
    }
    return WinogradProduct(
      weights: WinogradWeights(taps, packed), activation: activation,
      padded: layout.padded, top: layout.padded.top + rows.firstInput - 1,
      left: layout.padded.left + columns.firstInput - 1,
      outputShape: [images, weights.shape[1], rows.count, columns.count], columns: kernels.columns)
  }
}
