extension Operation {
  /// Types of the results of a canonical operation. Throws `Operands.DataDependent` where a shape hangs on a value that
  /// is not known before running.
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    try inferredTypes(operands, outputCount: outputCount).map { try $0.checked() }
  }

  private func inferredTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    switch self {
    case .convolution(let convolution):
      let weights = try operands.imageType(1, "weights").shape
      let shape = try convolution.outputShape(input: operands.imageType().shape, weights: weights)
      return try operands.checkedForConvolution(TensorType(shape))
    case .transposedConvolution(let convolution):
      let weights = try operands.imageType(1, "weights").shape
      let shape = try convolution.transposedOutputShape(input: operands.imageType().shape, weights: weights)
      return try operands.checkedForConvolution(TensorType(shape))
    case .batchNormalization, .instanceNormalization:
      let type = try operands.floatType(0)
      guard type.rank >= 2 else { throw InferenceError(.invalidGraph, "the data has no channels") }
      for (index, name) in ["scale", "bias", "mean", "variance"].enumerated() {
        try operands.checkVector(index + 1, name, count: type.shape[1])
      }
      return [type]
    case .layerNormalization(let axis, _):
      let type = try operands.floatType(0)
      let count = type.shape[axis...].reduce(1, *)
      try operands.checkVector(1, "scale", count: count)
      try operands.checkVector(2, "bias", count: count)
      return [type]
    case .activation, .softmax, .logSoftmax:
      return [try operands.floatType(0)]
    case .unary(let function):
      return [try function.takesIntegers ? operands.type(0) : operands.floatType(0)]
    case .identity:
      return [try operands.type(0)]
    case .cast(let elementType):
      return [TensorType(try operands.type(0).shape, elementType)]
    case .parametricRelu:
      let type = try operands.floatType(0)
      guard try broadcastShape(type.shape, operands.floatType(1, "slope").shape) == type.shape else {
        throw InferenceError(.invalidGraph, "the slope does not broadcast to the data \(type)")
      }
      return [type]
    case .binary(let function):
      return [try operands.binaryType(function)]
    case .select:
      let (a, b) = (try operands.type(1, "a"), try operands.type(2, "b"))
      guard a.elementType == b.elementType else {
        throw InferenceError(.invalidGraph, "chooses between floats and integers")
      }
      let shape = try broadcastShape(operands.type(0, "condition").shape, broadcastShape(a.shape, b.shape))
      return [TensorType(shape, a.elementType)]
    case .maxPool(let pooling), .averagePool(let pooling, _):
      return [TensorType(try pooling.outputShape(input: operands.imageType().shape))]
    case .globalAveragePool, .globalMaxPool:
      let type = try operands.floatType(0)
      guard type.rank >= 2 else { throw InferenceError(.invalidGraph, "the data has no channels") }
      return [TensorType(type.shape[..<2] + Array(repeating: 1, count: type.rank - 2))]
    case .gemm, .matrixMultiply:
      return [try matrixType(operands)]
    case .reduce, .argMax, .topK, .nonMaxSuppression:
      return try reducedTypes(operands)
    case .concatenate, .split, .slice, .gather, .gatherND, .pad, .tile, .resize:
      return try selectedTypes(operands, outputCount: outputCount)
    case .reshape, .flatten, .squeeze, .unsqueeze, .transpose, .expand, .depthToSpace, .spaceToDepth:
      return [try rearrangedType(operands)]
    case .shape(let start, let end):
      return [TensorType([try shapeRange(of: operands.type(0).shape, start: start, end: end).count], .int64)]
    case .constantOfShape(_, let elementType):
      return [TensorType(try operands.integers(0, "shape"), elementType)]
    case .range:
      return [try operands.rangeType()]
    }
  }
}

/// The dimensions that `.shape(start:end:)` gives; bounds are clamped as ONNX says.
func shapeRange(of shape: [Int], start: Int, end: Int?) -> ArraySlice<Int> {
  func clamped(_ bound: Int) -> Int {
    min(max(bound < 0 ? max(bound, -shape.count) + shape.count : bound, 0), shape.count)
  }
  let first = clamped(start)
  return shape[first..<max(first, clamped(end ?? shape.count))]
}

extension UnaryFunction {
  var takesIntegers: Bool {
    switch self {
    case .abs, .negate, .not, .sign: true
    default: false
    }
  }
}

extension BinaryFunction {
  /// Comparisons and logic give 0 or 1 as integers.
  public var isPredicate: Bool {
    switch self {
    case .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .and, .or: true
    case .add, .subtract, .multiply, .divide, .power, .maximum, .minimum, .modulo: false
    }
  }
}

extension Operands {
  fileprivate func checkedForConvolution(_ output: TensorType) throws -> [TensorType] {
    try checkVector(2, "bias", count: output.shape[1])
    if let residual = optionalType(3), residual != output {
      throw InferenceError(.invalidGraph, "the residual is \(residual), the output \(output)")
    }
    return [output]
  }

  fileprivate func binaryType(_ function: BinaryFunction) throws -> TensorType {
    let (a, b) = (try type(0, "a"), try type(1, "b"))
    guard a.elementType == b.elementType else {
      throw InferenceError(.invalidGraph, "combines \(a) with \(b)")
    }
    return TensorType(try broadcastShape(a.shape, b.shape), function.isPredicate ? .int64 : a.elementType)
  }

  fileprivate func rangeType() throws -> TensorType {
    guard let start = try optionalScalar(0, "start"), let limit = try optionalScalar(1, "limit"),
      let delta = try optionalScalar(2, "delta"), delta != 0
    else { throw InferenceError(.invalidGraph, "start, limit and a step other than 0 must be given") }
    let count = ((limit - start) / delta).rounded(.up)
    return TensorType([max(0, Int(saturating: count))], try type(0).elementType)
  }
}
