internal import CKernels
internal import Inference

extension StepBuilder {
  /// nil where the convolution is of another shape, or too small to gain by it.
  func winograd(_ node: Graph.Node, _ parameters: Convolution) throws -> (any Step)? {
    guard parameters.groups == 1, parameters.strides == [1, 1], parameters.dilations == [1, 1],
      let weights = storage.constant(node.inputs[1]), weights.shape[2...] == [3, 3],
      let input = storage.floats(node.inputs[0]), storage.constant(node.inputs[0]) == nil,
      let output = storage.mutableFloats(node.outputs[0]), let bias = bias(node, count: weights.shape[0])
    else { return nil }
    let (inputShape, outputShape) = (shape(node.inputs[0]), shape(node.outputs[0]))
    let (outputs, inputs) = (weights.shape[0], weights.shape[1])
    guard
      let form = WinogradForm.fastest(
        taps: 3, inputs: inputs, outputs: outputs, images: outputShape[0], height: outputShape[2],
        width: outputShape[3], columns: kernels.columns)
    else { return nil }
    let padding = parameters.padding
    let padded = PaddedImages(
      channels: inputs, height: inputShape[2], width: inputShape[3],
      padding: [
        padding[0], padding[1], form.tiles(outputShape[2]) * form.tile + 2 - inputShape[2] - padding[0],
        form.tiles(outputShape[3]) * form.tile + 2 - inputShape[3] - padding[1],
      ], phases: form.tile)
    let layout = KernelLayout(
      form: form, outputs: outputs, inputs: inputs, first: 0, outputStep: 9 * inputs, inputStep: 9, rowStep: 3,
      columnStep: 1)
    let packed = try packed(node, .winograd(form)) {
      try WinogradWeights.pack(weights, layout, bias: bias, panelHeight: kernels.rows)
    }
    let product = WinogradProduct(
      weights: WinogradWeights(layout, packed),
      activation: CKActivation(parameters.activation), padded: padded, top: 0, left: 0, outputShape: outputShape,
      columns: kernels.columns)
    return ConvolutionStep(
      products: [product], padded: padded, input: input, output: output, outputShape: outputShape,
      residual: residual(node), threads: threads)
  }
}
