extension Operation {
  /// How the operation is defined.
  var rules: any Operator {
    switch self {
    case .convolution(let convolution): DirectConvolution(parameters: convolution)
    case .transposedConvolution(let convolution): TransposedConvolution(parameters: convolution)
    case .batchNormalization(let epsilon): BatchNormalization(epsilon: epsilon)
    case .instanceNormalization(let epsilon): InstanceNormalization(epsilon: epsilon)
    case .layerNormalization(let axis, let epsilon): LayerNormalization(axis: axis, epsilon: epsilon)
    case .activation(let activation): ActivationOperator(function: activation)
    case .parametricRelu: ParametricRelu()
    case .unary(let function): UnaryOperator(function: function)
    case .binary(let function): BinaryOperator(function: function)
    case .select: Select()
    case .maxPool(let pooling): MaxPool(pooling: pooling)
    case .averagePool(let pooling, let countsPadding): AveragePool(pooling: pooling, countsPadding: countsPadding)
    case .globalAveragePool: GlobalPool(reduction: .mean)
    case .globalMaxPool: GlobalPool(reduction: .max)
    case .reduce(let function, let keeps): Reduce(function: function, keepsDimensions: keeps)
    case .gemm(let alpha, let beta, let transposesA, let transposesB):
      Gemm(alpha: alpha, beta: beta, transposesA: transposesA, transposesB: transposesB)
    case .matrixMultiply: MatrixMultiply()
    case .softmax(let axis): Softmax(axis: axis, isLogarithm: false)
    case .logSoftmax(let axis): Softmax(axis: axis, isLogarithm: true)
    case .concatenate(let axis): Concatenate(axis: axis)
    case .split(let axis): Split(axis: axis)
    case .slice: Slice()
    case .reshape(let allowsZero): Reshape(allowsZero: allowsZero)
    case .flatten(let axis): Flatten(axis: axis)
    case .squeeze: Squeeze()
    case .unsqueeze: Unsqueeze()
    case .transpose(let permutation): Transpose(permutation: permutation)
    case .expand: Expand()
    case .tile: Tile()
    case .gather(let axis): Gather(axis: axis)
    case .pad(let mode): Pad(mode: mode)
    case .resize(let parameters): ResizeOperator(parameters: parameters)
    case .shape(let start, let end): Shape(start: start, end: end)
    case .cast(let elementType): Cast(elementType: elementType)
    case .identity: Identity()
    case .roundToGrid(let grid): RoundToGrid(grid: grid)
    case .plain(let operation): operation.rules
    }
  }

  /// The name without parameters.
  public var name: String {
    if case .plain(let operation) = self { return operation.rules.name }
    let text = String(describing: self)
    return String(text.prefix { $0 != "(" })
  }

  /// The same operation with everything that follows from the input types written out. Kernels only see this form.
  func canonical(_ operands: Operands) throws -> Operation {
    try rules.canonical(operands) ?? self
  }

  /// Types of the results of a canonical operation, checked to be possible. Throws `Operands.DataDependent` where a
  /// shape depends on a value that is not known before running.
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let types = try rules.outputTypes(operands, outputCount: outputCount)
    guard types.count == outputCount else {
      throw InferenceError(.invalidGraph, "gives \(types.count) results, not \(outputCount)")
    }
    return try types.map { try $0.checked() }
  }
}
