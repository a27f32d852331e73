extension Operation {
  /// The same operation with everything that follows from the input types written out: axes counted from the front,
  /// automatic padding resolved, an empty permutation replaced. Kernels only see this form.
  func canonical(_ operands: Operands) throws -> Operation {
    switch self {
    case .convolution(let convolution):
      return .convolution(
        try convolution.resolved(
          input: operands.imageType().shape, weights: operands.imageType(1, "weights").shape, transposed: false))
    case .transposedConvolution(let convolution):
      return .transposedConvolution(
        try convolution.resolved(
          input: operands.imageType().shape, weights: operands.imageType(1, "weights").shape, transposed: true))
    case .maxPool(let pooling):
      return .maxPool(try pooling.resolved(input: operands.imageType().shape))
    case .averagePool(let pooling, let countsPadding):
      return .averagePool(try pooling.resolved(input: operands.imageType().shape), countsPadding: countsPadding)
    case .layerNormalization(let axis, let epsilon):
      return .layerNormalization(axis: try operands.axis(axis), epsilon: epsilon)
    case .softmax(let axis): return .softmax(axis: try operands.axis(axis))
    case .logSoftmax(let axis): return .logSoftmax(axis: try operands.axis(axis))
    case .concatenate(let axis): return .concatenate(axis: try operands.axis(axis))
    case .split(let axis): return .split(axis: try operands.axis(axis))
    case .gather(let axis): return .gather(axis: try operands.axis(axis))
    case .topK(let axis, let largest): return .topK(axis: try operands.axis(axis), largest: largest)
    case .argMax(let axis, let keeps): return .argMax(axis: try operands.axis(axis), keepsDimensions: keeps)
    case .flatten(let axis):
      let rank = try operands.type(0).rank
      return .flatten(axis: axis == rank ? rank : try resolvedAxis(axis, rank: rank))
    case .transpose(let permutation):
      let rank = try operands.type(0).rank
      let resolved = permutation.isEmpty ? Array((0..<rank).reversed()) : permutation
      guard resolved.sorted() == Array(0..<rank) else {
        throw InferenceError(.invalidGraph, "\(permutation) is not a permutation of \(rank) dimensions")
      }
      return .transpose(resolved)
    default:
      return self
    }
  }
}

extension Operands {
  fileprivate func axis(_ axis: Int) throws -> Int {
    try resolvedAxis(axis, rank: type(0).rank)
  }
}
