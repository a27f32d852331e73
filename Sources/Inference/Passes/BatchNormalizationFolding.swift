/// Folds a batch normalisation into the weights of the convolution before it. Others stay: the backends run them as a
/// scale and a shift a channel.
struct BatchNormalizationFolding: GraphPass {
  func run(_ editor: inout GraphEditor) throws {
    try editor.forEachNode { editor, index in
      let node = editor.node(index)
      guard case .batchNormalization(let epsilon) = node.operation, node.inputs.count == 5,
        let convolution = editor.scalableConvolution(giving: node.inputs[0])
      else { return }
      let parameters = node.inputs.dropFirst().compactMap { editor.constant($0)?.floatsIfAny }
      let channels = convolution.weights.outputChannels
      guard parameters.count == 4, parameters.allSatisfy({ $0.count == channels }) else { return }
      let (scale, bias, mean, variance) = (parameters[0], parameters[1], parameters[2], parameters[3])
      let factors = (0..<channels).map { Double(scale[$0]) / (Double(variance[$0]) + Double(epsilon)).squareRoot() }
      let shifts = (0..<channels).map { Float(Double(bias[$0]) - Double(mean[$0]) * factors[$0]) }
      try editor.fold(convolution, into: index, factors: factors.map { Float($0) }, shifts: shifts)
    }
  }
}

extension Tensor {
  /// The elements, or nil where they are integers.
  fileprivate var floatsIfAny: [Float]? { elementType == .float32 ? floats : nil }
}
