#if OneDNN

internal import COneDNN
internal import Inference

extension Lowering {
  /// A convolution over the value `source`, all its parameters at hand.
  struct ConvolutionRequest {
    var source: Graph.ValueID
    var parameters: Convolution
    /// O × I/groups × kH × kW.
    var weights: WeightStore.Source
    var kernel: [Int]
    var bias: Tensor?
    var residual: Graph.ValueID?
    var resultShape: [Int]
    /// Whether the results are those of the network, read by nobody else: they keep the precision of the sums.
    var isLast = false
  }

  mutating func lowerConvolution(_ node: Graph.Node, _ parameters: Convolution) throws -> Bool {
    guard let weights = constant(node, 1), let bias = optionalConstant(node, 2) else { return false }
    let request = ConvolutionRequest(
      source: node.inputs[0], parameters: parameters, weights: .tensor(weights), kernel: Array(weights.shape[2...]),
      bias: bias.tensor, residual: residual(node), resultShape: shape(node.outputs[0]))
    return try lower(request, result: node.outputs[0])
  }

  func constant(_ node: Graph.Node, _ index: Int) -> Tensor? {
    guard index < node.inputs.count, node.inputs[index] != Graph.Node.absent else { return nil }
    return graph.values[node.inputs[index]].constant
  }

  /// nil where the input is given but not constant.
  func optionalConstant(_ node: Graph.Node, _ index: Int) -> (tensor: Tensor?, Void)? {
    guard index < node.inputs.count, node.inputs[index] != Graph.Node.absent else { return (nil, ()) }
    return constant(node, index).map { ($0, ()) }
  }

  func residual(_ node: Graph.Node) -> Graph.ValueID? {
    node.inputs.count > 3 && node.inputs[3] != Graph.Node.absent ? node.inputs[3] : nil
  }

  /// Convolves and activates into the image of `result`. Returns false where the activation has no kernel.
  mutating func lower(_ request: ConvolutionRequest, result: Graph.ValueID) throws -> Bool {
    var request = request
    request.isLast =
      request.residual == nil && graph.outputs.contains(result)
      && !graph.nodes.contains { $0.inputs.contains(result) }
    if let key = key(request) {
      images[result] = try convolve(request, key)
      return true
    }
    var linear = request
    linear.parameters.activation = nil
    guard let key = key(linear), let activation = blocked_activation(request.parameters.activation) else {
      return false
    }
    let image = try convolve(linear, key)
    program.steps.append(SumStep(terms: [.init(image: image, scale: 1)], result: image, activation: activation))
    images[result] = image
    return true
  }

  /// nil where oneDNN lacks the activation.
  func key(_ request: ConvolutionRequest) -> ConvolutionKey? {
    let parameters = request.parameters
    guard let function = ConvolutionKey.Function(parameters.activation) else { return nil }
    return ConvolutionKey(
      source: shape(request.source), result: request.resultShape, kernel: request.kernel, strides: parameters.strides,
      dilations: parameters.dilations, padding: parameters.padding, groups: parameters.groups,
      hasBias: request.bias != nil, adds: request.residual != nil, function: function,
      isBF16: options.precision == .bf16, resultIsBF16: options.precision == .bf16 && !request.isLast,
      sourceLayout: layout, resultLayout: layout)
  }

  mutating func convolve(_ request: ConvolutionRequest, _ key: ConvolutionKey) throws -> BlockedImage {
    var key = key
    // Pictures of one to three channels are read as they come.
    if isTensor(request.source), images[request.source] == nil, key.source[1] <= 3, key.groups == 1 {
      key.sourceLayout = key.isBF16 ? .pixels : .plain
      if let primitive = kernels.primitive(for: key) {
        var source = ConvolutionStep.Source.tensor(request.source)
        if key.isBF16 {
          let pixels = newImage(key.source, layout: .pixels, isBF16: true)
          program.steps.append(PackPixelsStep(source: request.source, result: pixels))
          source = .image(pixels)
        }
        return try append(primitive, request, source, into: residualCopy(request))
      }
      key.sourceLayout = layout
    }
    if let kernel = kernels.ownKernel(for: key), let activation = blocked_activation(request.parameters.activation) {
      let result = residualCopy(request)
      try append(kernel, request, activation, into: result)
      return result
    }
    let source = image(request.source)
    if let primitive = kernels.primitive(for: key) {
      return try append(primitive, request, .image(source), into: residualCopy(request))
    }
    return try convolvePlain(request, key, source)
  }

  /// Through plain images, where oneDNN multiplies matrices: groups of odd sizes.
  private mutating func convolvePlain(
    _ request: ConvolutionRequest, _ blockedKey: ConvolutionKey, _ source: BlockedImage
  ) throws -> BlockedImage {
    var key = blockedKey
    (key.isBF16, key.resultIsBF16, key.sourceLayout, key.resultLayout) = (false, false, .plain, .plain)
    let plain = newImage(key.source, layout: .plain)
    program.steps.append(UnpackStep(source: source, result: .image(plain)))
    let result = newImage(key.result, layout: .plain)
    if let residual = request.residual {
      program.steps.append(UnpackStep(source: image(residual), result: .image(result)))
    }
    _ = try append(key.primitive(), request, .image(plain), into: result)
    let packed = newImage(key.result)
    program.steps.append(PackStep(source: .image(result), result: packed))
    return packed
  }

  /// The image to write: the residual's own where nobody needs it afterwards.
  private mutating func residualCopy(_ request: ConvolutionRequest) -> BlockedImage {
    guard let value = request.residual else {
      return newImage(request.resultShape, layout: layout, isBF16: options.precision == .bf16 && !request.isLast)
    }
    let residual = image(value)
    if value != request.source, isLastRead(value) { return residual }
    let copy = newImage(request.resultShape)
    program.steps.append(CopyStep(source: residual, result: copy))
    return copy
  }

  private mutating func append(
    _ primitive: Primitive, _ request: ConvolutionRequest, _ source: ConvolutionStep.Source, into result: BlockedImage
  ) throws -> BlockedImage {
    program.steps.append(
      ConvolutionStep(
        primitive: primitive, source: source, weights: try weights.packed(request.weights, for: .oneDNN(primitive)),
        bias: try request.bias.map { try filled($0) }, result: result, scratch: newBuffer(primitive.scratchByteCount)))
    return result
  }
}

#endif
