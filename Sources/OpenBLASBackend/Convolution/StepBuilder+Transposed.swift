internal import CKernels
internal import Inference

extension StepBuilder {
  func transposedConvolution(_ node: Graph.Node, _ parameters: Convolution) -> (any Step)? {
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
    let usesWinograd = suitsWinograd(layout(4), channels: weights.shape, images: outputShape[0])
    let chosen = layout(usesWinograd ? 4 : 1)
    let ofProducts = residual == nil ? activation : CKActivation(nil)
    let phases = chosen.phases.enumerated().map { index, phase in
      TransposedConvolutionStep.Phase(
        product: usesWinograd
          ? winograd(phase, index, chosen, images: outputShape[0], node, weights, bias, ofProducts)
          : direct(phase, index, chosen, node, weights, bias, ofProducts),
        y: phase.rows.firstOutput, x: phase.columns.firstOutput, height: phase.rows.count, width: phase.columns.count)
    }
    return TransposedConvolutionStep(
      phases: phases, padded: chosen.padded, strides: parameters.strides, input: input, output: output,
      residual: residual, outputShape: outputShape, activation: activation, threads: threads)
  }

  private func direct(
    _ phase: TransposedLayout.Phase, _ index: Int, _ layout: TransposedLayout, _ node: Graph.Node, _ weights: Tensor,
    _ bias: [Float], _ activation: CKActivation
  ) -> TileProduct {
    let (inputs, outputs) = (weights.shape[0], weights.shape[1])
    let (kernelHeight, kernelWidth) = (weights.shape[2], weights.shape[3])
    let taps = phase.taps
    let tapOffsets = layout.offsets(phase)
    let offsets = (0..<inputs).flatMap { channel in tapOffsets.map { channel * layout.padded.planeLength + $0 } }
    let packed = packed(node, .phase(index)) {
      weights.withFloats { all in
        PackedWeights(rows: outputs, depth: offsets.count, panelHeight: kernels.rows, bias: bias) { row, column in
          let (channel, tap) = column.quotientAndRemainder(dividingBy: taps.count)
          return all[((channel * outputs + row) * kernelHeight + taps[tap].y) * kernelWidth + taps[tap].x]
        }
      }
    }
    return TileProduct(
      weights: packed, activation: activation, offsets: offsets, height: phase.rows.count, width: phase.columns.count,
      rowStep: layout.padded.rowLength, columns: kernels.columns)
  }

  private func suitsWinograd(_ layout: TransposedLayout, channels: [Int], images: Int) -> Bool {
    channels[0] >= 16 && channels[1] >= 16
      && layout.phases.allSatisfy { phase in
        phase.rows.taps.count == 2 && phase.columns.taps.count == 2
          && WinogradProduct.isFaster(
            taps: 2, images: images, height: phase.rows.count, width: phase.columns.count, columns: kernels.columns)
      }
  }

  /// The phase as a convolution, whose taps run the other way.
  private func winograd(
    _ phase: TransposedLayout.Phase, _ index: Int, _ layout: TransposedLayout, images: Int, _ node: Graph.Node,
    _ weights: Tensor, _ bias: [Float], _ activation: CKActivation
  ) -> WinogradProduct {
    let (rows, columns, kernelWidth) = (phase.rows, phase.columns, weights.shape[3])
    let kernelArea = weights.shape[2] * kernelWidth
    let taps = KernelLayout(
      taps: 2, outputs: weights.shape[1], inputs: weights.shape[0],
      first: rows.taps[1] * kernelWidth + columns.taps[1], outputStep: kernelArea,
      inputStep: weights.shape[1] * kernelArea, rowStep: -rows.stride * kernelWidth, columnStep: -columns.stride)
    let packed = packed(node, .winogradPhase(index)) {
      WinogradWeights.pack(weights, taps, bias: bias, panelHeight: kernels.rows)
    }
    return WinogradProduct(
      weights: WinogradWeights(taps, packed), activation: activation,
      padded: layout.padded, top: layout.padded.top + rows.firstInput - 1,
      left: layout.padded.left + columns.firstInput - 1,
      outputShape: [images, weights.shape[1], rows.count, columns.count], columns: kernels.columns)
  }
}
