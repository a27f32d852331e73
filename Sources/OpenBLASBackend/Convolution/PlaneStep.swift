internal import CKernels
internal import Inference

/// Operations that make each channel of the result from one channel: depthwise convolution, maximum and average pooling.
/// A thread pads a plane into its scratch, where it stays in the first caches.
struct PlaneStep: Step {
  enum Function {
    /// Weights (taps a channel), bias, residual, activation.
    case convolution([Float], bias: [Float], residual: UnsafePointer<Float>?, CKActivation)
    case maximum
  }

  let function: Function
  let padded: PaddedImages
  /// Where each tap of the first result lies in the padded plane.
  let offsets: [Int]
  let rowStep: Int
  let input: UnsafePointer<Float>
  let output: UnsafeMutablePointer<Float>
  let outputShape: [Int]

  var scratch: ScratchNeed { ScratchNeed(threadFloats: padded.planeLength + 64) }

  func run(_ workspace: Workspace) {
    let (height, width) = (outputShape[2], outputShape[3])
    let kernels = workspace.kernels
    workspace.pool.split(outputShape[0] * outputShape[1]) { planes, thread in
      for plane in planes {
        let source = padded.isPlain ? nil : workspace.scratch(of: thread)
        let from = input + plane * padded.height * padded.width
        let target = output + plane * height * width
        switch function {
        case .convolution(let weights, let bias, let residual, let activation):
          if let source { padded.fill(source, plane: from, kernels) }
          let channel = plane % outputShape[1]
          weights.withUnsafeBufferPointer { weights in
            guard let first = weights.baseAddress else { return }
            kernels.depthwise(
              source.map { UnsafePointer($0) } ?? from, rowStep, offsets, first + channel * offsets.count,
              offsets.count, target, height, width, bias.isEmpty ? 0 : bias[channel],
              residual.map { $0 + plane * height * width }, activation)
          }
        case .maximum:
          if let source { padded.fill(source, plane: from, with: -.infinity, kernels) }
          kernels.max_pool(
            source.map { UnsafePointer($0) } ?? from, rowStep, offsets, offsets.count, target, height, width)
        }
      }
    }
  }
}

extension StepBuilder {
  /// nil where the convolution is not depthwise.
  func depthwise(_ node: Graph.Node, _ parameters: Convolution) -> (any Step)? {
    guard let weights = storage.constant(node.inputs[1]), weights.shape[1] == 1, parameters.groups > 1,
      weights.shape[0] == parameters.groups, let bias = bias(node, count: parameters.groups)
    else { return nil }
    let function = PlaneStep.Function.convolution(
      weights.floats, bias: bias, residual: residual(node), CKActivation(parameters.activation))
    return planeStep(
      node, function, kernel: [weights.shape[2], weights.shape[3]], strides: parameters.strides,
      dilations: parameters.dilations, padding: parameters.padding)
  }

  func maxPool(_ node: Graph.Node, _ pooling: Pooling) -> (any Step)? {
    planeStep(
      node, .maximum, kernel: pooling.kernel, strides: pooling.strides, dilations: pooling.dilations,
      padding: covering(node, pooling))
  }

  /// An average over always the same number of pixels is a convolution.
  func averagePool(_ node: Graph.Node, _ pooling: Pooling, countsPadding: Bool) -> (any Step)? {
    guard countsPadding || pooling.padding.allSatisfy({ $0 == 0 }), covering(node, pooling) == pooling.padding else {
      return nil
    }
    let taps = pooling.kernel[0] * pooling.kernel[1]
    let weights = Array(repeating: 1 / Float(taps), count: shape(node.outputs[0])[1] * taps)
    return planeStep(
      node, .convolution(weights, bias: [], residual: nil, CKActivation(nil)), kernel: pooling.kernel,
      strides: pooling.strides, dilations: pooling.dilations, padding: pooling.padding)
  }

  /// The padding, enlarged where rounding up the output size makes the last windows reach further.
  private func covering(_ node: Graph.Node, _ pooling: Pooling) -> [Int] {
    let (input, output) = (shape(node.inputs[0]), shape(node.outputs[0]))
    var padding = pooling.padding
    for axis in 0..<2 {
      let extent = (pooling.kernel[axis] - 1) * pooling.dilations[axis] + 1
      let reach = (output[2 + axis] - 1) * pooling.strides[axis] + extent
      padding[2 + axis] = max(padding[2 + axis], reach - input[2 + axis] - padding[axis])
    }
    return padding
  }

  private func planeStep(
    _ node: Graph.Node, _ function: PlaneStep.Function, kernel: [Int], strides: [Int], dilations: [Int],
    padding: [Int]
  ) -> (any Step)? {
    guard let input = storage.floats(node.inputs[0]), let output = storage.mutableFloats(node.outputs[0]),
      storage.constant(node.inputs[0]) == nil
    else { return nil }
    let inputShape = shape(node.inputs[0])
    let padded = PaddedImages(
      channels: inputShape[1], height: inputShape[2], width: inputShape[3], padding: padding, phases: strides[1])
    let offsets = (0..<kernel[0]).flatMap { y in
      (0..<kernel[1]).map { x in padded.offset(y: y * dilations[0], x: x * dilations[1]) }
    }
    return PlaneStep(
      function: function, padded: padded, offsets: offsets, rowStep: strides[0] * padded.rowLength, input: input,
      output: output, outputShape: shape(node.outputs[0]))
  }
}
