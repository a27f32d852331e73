/// Weights and bias of a convolution whose result is scaled and shifted a channel.
struct ConvolutionWeights {
  let weights: Tensor
  let bias: [Float]?
  let groups: Int
  let isTransposed: Bool

  /// nil where the node is no plain convolution (one with an activation or residual cannot be scaled behind them) or
  /// its weights are not constant.
  init?(_ node: Graph.Node, _ editor: GraphEditor) {
    switch node.operation {
    case .convolution(let convolution):
      groups = convolution.groups
      isTransposed = false
      guard convolution.activation == nil else { return nil }
    case .transposedConvolution(let convolution):
      groups = convolution.groups
      isTransposed = true
      guard convolution.activation == nil else { return nil }
    default: return nil
    }
    guard node.inputs.count >= 2, node.inputs.count < 4 || node.inputs[3] == Graph.Node.absent,
      let weights = editor.constant(node.inputs[1]), weights.elementType == .float32, weights.shape.count == 4,
      groups >= 1, weights.shape[0] % groups == 0
    else { return nil }
    self.weights = weights
    if node.inputs.count > 2, node.inputs[2] != Graph.Node.absent {
      guard let bias = editor.constant(node.inputs[2]), bias.elementType == .float32 else { return nil }
      self.bias = bias.floats
    } else {
      bias = nil
    }
    guard bias == nil || bias?.count == outputChannels else { return nil }
  }

  var outputChannels: Int {
    isTransposed ? weights.shape[1] * groups : weights.shape[0]
  }

  /// Weights and bias of conv(x) · factors + shifts.
  func scaled(by factors: [Float]?, shiftedBy shifts: [Float]) throws -> (weights: Tensor, bias: Tensor) {
    let old = bias ?? Array(repeating: 0, count: outputChannels)
    let scaledBias = (0..<outputChannels).map { channel -> Float in
      old[channel] * (factors?[channel] ?? 1) + shifts[channel]
    }
    let newBias = Tensor(shape: [outputChannels], scaledBias)
    guard let factors else { return (weights, newBias) }
    if weights.isDeferred {
      let scaled = Tensor.deferred(shape: weights.shape) { elements in
        try weights.write(to: elements)
        scale(elements, by: factors)
      }
      return (scaled, newBias)
    }
    let scaled = try Tensor(shape: weights.shape) { (elements: UnsafeMutableBufferPointer<Float>) in
      weights.withFloats { _ = elements.update(fromContentsOf: $0) }
      scale(elements, by: factors)
    }
    return (scaled, newBias)
  }

  private func scale(_ elements: UnsafeMutableBufferPointer<Float>, by factors: [Float]) {
    let area = weights.shape[2] * weights.shape[3]
    let block = isTransposed ? area : weights.shape[1] * area
    for start in stride(from: 0, to: elements.count, by: max(block, 1)) {
      let factor = factors[outputChannel(ofBlock: start / block)]
      for index in start..<start + block { elements[index] *= factor }
    }
  }

  /// Weights of convolutions lie in one block an output channel, of transposed ones in one a pair (input, output).
  private func outputChannel(ofBlock block: Int) -> Int {
    guard isTransposed else { return block }
    let (inputs, outputs) = (weights.shape[0] / groups, weights.shape[1])
    let (input, output) = (block / outputs, block % outputs)
    return input / inputs * outputs + output
  }
}

extension GraphEditor {
  /// The convolution that alone feeds `value` to its one reader, with weights that can be changed.
  func scalableConvolution(giving value: Graph.ValueID) -> (index: Int, weights: ConvolutionWeights)? {
    guard value != Graph.Node.absent, hasOneReader(value), let index = producer(of: value),
      let weights = ConvolutionWeights(node(index), self)
    else { return nil }
    return (index, weights)
  }

  /// Replaces the node at `index` by the convolution that it scales and shifts.
  mutating func fold(
    _ convolution: (index: Int, weights: ConvolutionWeights), into index: Int, factors: [Float]?, shifts: [Float]
  ) throws {
    var node = node(convolution.index)
    let (weights, bias) = try convolution.weights.scaled(by: factors, shiftedBy: shifts)
    if factors != nil { node.inputs[1] = addConstant(weights, name: "\(node.name).weight") }
    let biasValue = addConstant(bias, name: "\(node.name).bias")
    node.inputs = [node.inputs[0], node.inputs[1], biasValue]
    merge(convolution.index, into: index, as: node)
  }
}
