#if OneDNN

internal import CKernels
internal import COneDNN
internal import Inference

extension Lowering {
  /// A convolution over the value `source`, all its parameters at hand.
  struct ConvolutionRequest {
    var source: Graph.ValueID
    /// The value that is computed, where it is all of one.
    var result: Graph.ValueID?
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
    let (residual, result) = (residual(node), node.outputs[0])
    let request = ConvolutionRequest(
      source: node.inputs[0], result: result, parameters: parameters, weights: .tensor(weights),
      kernel: Array(weights.shape[2...]), bias: bias.tensor, residual: residual, resultShape: shape(result),
      isLast: residual == nil && graph.outputs.contains(result)
        && !graph.nodes.contains { $0.inputs.contains(result) })
    if try !convolvePlanes(request, into: result) { images[result] = try convolve(request) }
    return true
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

  func key(_ request: ConvolutionRequest) -> ConvolutionKey {
    let parameters = request.parameters
    return ConvolutionKey(
      source: shape(request.source), result: request.resultShape, kernel: request.kernel, strides: parameters.strides,
      dilations: parameters.dilations, padding: parameters.padding, groups: parameters.groups,
      hasBias: request.bias != nil, adds: request.residual != nil, activation: parameters.activation,
      isBF16: options.precision == .bf16, resultIsBF16: options.precision == .bf16 && !request.isLast,
      sourceLayout: layout, resultLayout: layout, block: program.block)
  }

  /// Convolves and activates into an image: with a kernel of our own where one is better than oneDNN's.
  mutating func convolve(_ request: ConvolutionRequest) throws -> BlockedImage {
    if let method = chooser.ownMethod(for: key(request)) {
      let result = residualCopy(request)
      try append(method, request, into: result)
      return result
    }
    let activation = CKActivation(request.parameters.activation)
    guard !odnn_has_activation(activation.kind) else { return try convolveByLibrary(request) }
    var linear = request
    linear.parameters.activation = nil
    let image = try convolveByLibrary(linear)
    program.steps.append(SumStep(terms: [.init(image: image, scale: 1)], result: image, activation: activation))
    return image
  }

  private mutating func convolveByLibrary(_ request: ConvolutionRequest) throws -> BlockedImage {
    var key = key(request)
    // Pictures of one to three channels are read as they come.
    if isTensor(request.source), images[request.source] == nil, key.source[1] <= 3, key.groups == 1 {
      key.sourceLayout = key.isBF16 ? .pixels : .plain
      if let primitive = chooser.primitive(for: key) {
        var source = ConvolutionStep.Source.tensor(request.source)
        if key.isBF16 {
          let pixels = newImage(key.source, layout: .pixels, isBF16: true)
          program.steps.append(PackPixelsStep(source: request.source, result: pixels))
          source = .image(pixels)
        }
        let result = residualCopy(request)
        try append(.oneDNN(primitive), request, source, into: result)
        return result
      }
      key.sourceLayout = layout
    }
    let source = image(request.source)
    guard let primitive = chooser.primitive(for: key) else { return try convolvePlain(request, key, source) }
    let result = residualCopy(request)
    try append(.oneDNN(primitive), request, .image(source), into: result)
    return result
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
    try append(.oneDNN(key.primitive()), request, .image(plain), into: result)
    let packed = newImage(of: request)
    program.steps.append(PackStep(source: .image(result), result: packed))
    return packed
  }

  private mutating func newImage(of request: ConvolutionRequest) -> BlockedImage {
    if request.isLast { return newImage(request.resultShape, layout: layout) }
    return request.result.map { newImage(for: $0) } ?? newImage(request.resultShape)
  }

  /// The image to write: the residual's own where nobody needs it afterwards.
  private mutating func residualCopy(_ request: ConvolutionRequest) -> BlockedImage {
    guard let value = request.residual else {
      return newImage(of: request)
    }
    let residual = image(value)
    if residual.buffer != images[request.source]?.buffer, isLastRead(value) { return residual }
    let copy = newImage(of: request)
    program.steps.append(CopyStep(source: residual, result: copy))
    return copy
  }

  /// Appends the request by a method of our own into `result`, which holds the residual where there is one.
  mutating func append(
    _ method: OwnConvolution.Method, _ request: ConvolutionRequest, into result: BlockedImage,
    phase: OwnConvolution.Phase = .init()
  ) throws {
    let source = image(request.source)
    try append(.own(own(method, request, phase: phase)), request, .image(source), into: result)
  }

  func own(
    _ method: OwnConvolution.Method, _ request: ConvolutionRequest, phase: OwnConvolution.Phase = .init()
  ) -> OwnConvolution {
    OwnConvolution(method, request, from: shape(request.source), phase: phase, kernels: program.kernels.blocks)
  }

  mutating func append(
    _ kernel: ConvolutionKernel, _ request: ConvolutionRequest, _ source: ConvolutionStep.Source,
    into result: BlockedImage
  ) throws {
    program.steps.append(
      ConvolutionStep(
        kernel: kernel, source: source, weights: try weights.packed(request.weights, for: kernel),
        bias: try request.bias.map { try filled($0) }, result: result,
        scratch: newBuffer(kernel.scratchByteCount(threads: program.threads))))
  }

  /// The bias with zeros up to a whole block.
  private func filled(_ bias: Tensor) throws -> AlignedMemory {
    let memory = try AlignedMemory(byteCount: (bias.count + program.block - 1) / program.block * program.block * 4)
    bias.withFloats {
      memory.address.copyMemory(from: UnsafeRawPointer($0.baseAddress!), byteCount: $0.count * 4)
    }
    return memory
  }
}

#endif
