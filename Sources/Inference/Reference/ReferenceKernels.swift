/// Every operation as plain loops over row-major tensors: the specification that the fast backends are tested against,
/// what constants are folded with, and what a backend falls back to for operations it has no kernel for.
public enum ReferenceKernels {
  /// Computes one operation. `inputs` has nil for optional inputs that are not given.
  ///
  /// - Throws: `InferenceError` where the inputs do not fit the operation.
  public static func evaluate(
    _ operation: Operation, _ inputs: [Tensor?], outputCount: Int = 1
  ) throws -> [Tensor] {
    let operands = Operands(inputs)
    let operation = try operation.canonical(operands)
    if case .nonMaxSuppression(let centerPointBox) = operation {
      return [try nonMaxSuppression(inputs, operands, centerPointBox: centerPointBox)]
    }
    let types = try operation.outputTypes(operands, outputCount: outputCount)
    return try evaluate(operation, inputs, operands, types)
  }

  private static func evaluate(
    _ operation: Operation, _ inputs: [Tensor?], _ operands: Operands, _ types: [TensorType]
  ) throws -> [Tensor] {
    let type = types[0]
    func input(_ index: Int) -> Tensor? { index < inputs.count ? inputs[index] : nil }
    // Presence was checked when the types were inferred.
    let x = input(0) ?? Tensor(shape: [0], [Float]())

    switch operation {
    case .convolution(let parameters):
      return [convolution(parameters, x, weights: input(1)!, bias: input(2), residual: input(3), type.shape)]
    case .transposedConvolution(let parameters):
      return [transposedConvolution(parameters, x, weights: input(1)!, bias: input(2), residual: input(3), type.shape)]
    case .batchNormalization(let epsilon):
      return [try batchNormalization(x, inputs, epsilon: epsilon)]
    case .instanceNormalization(let epsilon):
      return [try instanceNormalization(x, inputs, epsilon: epsilon)]
    case .layerNormalization(let axis, let epsilon):
      return [layerNormalization(x, scale: input(1), bias: input(2), axis: axis, epsilon: epsilon)]
    case .activation(let function):
      return [map(x, function.callAsFunction)]
    case .parametricRelu:
      return [broadcast(x, input(1)!, type.shape) { $0 < 0 ? $0 * $1 : $0 }]
    case .unary(let function):
      return [unary(function, x)]
    case .binary(let function):
      return [binary(function, x, input(1)!, type)]
    case .select:
      return [select(x, input(1)!, input(2)!, type)]
    case .maxPool(let pooling):
      return [maxPool(pooling, x, type.shape)]
    case .averagePool(let pooling, let countsPadding):
      return [averagePool(pooling, x, type.shape, countsPadding: countsPadding)]
    case .globalAveragePool:
      return [reduce(.mean, x, axes: Array(2..<x.shape.count), type.shape)]
    case .globalMaxPool:
      return [reduce(.max, x, axes: Array(2..<x.shape.count), type.shape)]
    case .reduce(let function, _):
      return [reduce(function, x, axes: try operation.reducedAxes(operands), type.shape)]
    case .gemm(let alpha, let beta, let transposesA, let transposesB):
      return [
        gemm(
          x, input(1)!, input(2), type.shape, alpha: alpha, beta: beta, transposesA: transposesA,
          transposesB: transposesB)
      ]
    case .matrixMultiply:
      return [matrixMultiply(x, input(1)!, type.shape)]
    case .softmax(let axis):
      return [softmax(x, axis: axis, logarithm: false)]
    case .logSoftmax(let axis):
      return [softmax(x, axis: axis, logarithm: true)]
    case .concatenate(let axis):
      return [concatenate(inputs.compactMap { $0 }, axis: axis, type)]
    case .split(let axis):
      return split(x, axis: axis, types)
    case .slice:
      return [slice(x, try SliceGeometry(operands))]
    case .gather(let axis):
      return [try gather(x, indices: input(1)!, axis: axis, type)]
    case .gatherND(let batchDimensions):
      return [try gatherND(x, indices: input(1)!, batchDimensions: batchDimensions, type)]
    case .pad(let mode):
      return [pad(x, try PadGeometry(operands, mode: mode), mode, value: try operands.optionalScalar(2, "value") ?? 0)]
    case .tile:
      return [tile(x, type.shape)]
    case .resize(let parameters):
      return [resize(x, try ResizeGeometry(operands), parameters)]
    case .reshape, .flatten, .squeeze, .unsqueeze, .identity:
      return [x.reshaped(type.shape)]
    case .transpose(let permutation):
      return [transpose(x, permutation)]
    case .expand:
      return [expand(x, type.shape)]
    case .depthToSpace(let blockSize, let columnMajor):
      return [depthToSpace(x, blockSize: blockSize, columnMajor: columnMajor)]
    case .spaceToDepth(let blockSize):
      return [spaceToDepth(x, blockSize: blockSize)]
    case .shape(let start, let end):
      return [Tensor(shape: type.shape, shapeRange(of: x.shape, start: start, end: end).map(Int64.init))]
    case .cast(let elementType):
      return [cast(x, to: elementType)]
    case .constantOfShape(let value, _):
      return [filled(type, value)]
    case .range:
      return [range(x, step: input(2)!, type)]
    case .topK(let axis, let largest):
      return topK(x, axis: axis, largest: largest, types[0].shape)
    case .argMax(let axis, _):
      return [argMax(x, axis: axis, type.shape)]
    case .nonMaxSuppression:
      preconditionFailure("handled above: its type is not known before running")
    }
  }
}
