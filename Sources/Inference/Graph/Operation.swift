/// What a node computes. Names, argument order and meaning are those of the ONNX operators, so that importing is one to
/// one. Each operation is defined in the folder Operators: the types of its results and its plain kernel, which runs
/// wherever a backend has none of its own.
///
/// The cases are what passes and backends look at; all other operations are `plain`, and are made by functions that stand
/// beside their definition.
///
/// Parameters that ONNX passes as tensors (the shape of `reshape`, the ends of `slice` …) are inputs here too; shape
/// specialisation folds them to constants before a backend sees the graph.
public enum Operation: Hashable, Sendable {
  /// data, weights (O, I/groups, kH, kW), bias (O, optional), residual (of the output's shape, optional; `.none` inputs
  /// are `Node.absent`). Computes `activation(conv(x) + bias + residual)`.
  case convolution(Convolution)
  /// data, weights (I, O/groups, kH, kW), bias (optional), residual (optional).
  case transposedConvolution(Convolution)
  /// data, scale, bias, mean, variance.
  case batchNormalization(epsilon: Float)
  /// data, scale, bias.
  case instanceNormalization(epsilon: Float)
  /// data, scale, bias (optional).
  case layerNormalization(axis: Int, epsilon: Float)
  /// data.
  case activation(Activation)
  /// PRelu: data, slope (broadcast).
  case parametricRelu
  /// data.
  case unary(UnaryFunction)
  /// a, b with NumPy broadcasting.
  case binary(BinaryFunction)
  /// condition, a, b.
  case select
  case maxPool(Pooling)
  case averagePool(Pooling, countsPadding: Bool)
  case globalAveragePool
  case globalMaxPool
  /// data, axes (optional int64 input; all axes where absent).
  case reduce(Reduction, keepsDimensions: Bool)
  /// a, b, c (optional): alpha · op(a) · op(b) + beta · c.
  case gemm(alpha: Float, beta: Float, transposesA: Bool, transposesB: Bool)
  /// a, b, batched with broadcasting.
  case matrixMultiply
  case softmax(axis: Int)
  case logSoftmax(axis: Int)
  /// Any number of inputs.
  case concatenate(axis: Int)
  /// data, sizes (int64). One output a size.
  case split(axis: Int)
  /// data, starts, ends, axes (optional), steps (optional), all int64.
  case slice
  /// data, shape (int64; 0 copies the dimension unless `allowsZero`, -1 is inferred).
  case reshape(allowsZero: Bool)
  case flatten(axis: Int)
  /// data, axes (int64, optional).
  case squeeze
  /// data, axes (int64).
  case unsqueeze
  /// An empty permutation reverses the axes.
  case transpose([Int])
  /// data, shape (int64).
  case expand
  /// data, repeats (int64).
  case tile
  /// data, indices (int64).
  case gather(axis: Int)
  /// data, pads (int64: begins then ends), value (optional), axes (optional).
  case pad(PadMode)
  /// data, roi (optional), scales (float, optional), sizes (int64, optional).
  case resize(Resize)
  /// The input's dimensions as int64.
  case shape(start: Int, end: Int?)
  case cast(Tensor.ElementType)
  case identity
  /// data; what quantising it and back does.
  case roundToGrid(QuantizationGrid)
  /// An operation that every backend runs with its plain kernel.
  case plain(PlainOperation)
}

/// Geometry of a convolution or transposed convolution over H and W.
public struct Convolution: Hashable, Sendable {
  public enum AutoPad: Hashable, Sendable { case notSet, sameUpper, sameLower, valid }

  public var strides: [Int] = [1, 1]
  public var dilations: [Int] = [1, 1]
  public var groups: Int = 1
  /// top, left, bottom, right.
  public var padding: [Int] = [0, 0, 0, 0]
  public var autoPad: AutoPad = .notSet
  /// Transposed convolutions only.
  public var outputPadding: [Int] = [0, 0]
  /// Applied last; the fusion pass sets it.
  public var activation: Activation?

  public init() {}
}

public struct Pooling: Hashable, Sendable {
  public var kernel: [Int]
  public var strides: [Int] = [1, 1]
  public var dilations: [Int] = [1, 1]
  /// top, left, bottom, right.
  public var padding: [Int] = [0, 0, 0, 0]
  public var autoPad: Convolution.AutoPad = .notSet
  public var roundsUp: Bool = false

  public init(kernel: [Int]) {
    self.kernel = kernel
  }
}

/// Functions of one number that are fused into the convolution before them.
public enum Activation: Hashable, Sendable {
  case relu
  case leakyRelu(slope: Float)
  case clip(Float, Float)
  case sigmoid
  case hardSigmoid(alpha: Float, beta: Float)
  /// x · clip(x / 6 + 0.5, 0, 1).
  case hardSwish
  /// x · sigmoid(x), also called Swish.
  case silu
  case gelu(tanhApproximation: Bool)
  case elu(alpha: Float)
  case tanh
  case softplus
  case mish
}

public enum UnaryFunction: Hashable, Sendable {
  case abs, ceil, erf, exp, floor, log, negate, not, reciprocal, round, sign, sqrt
  case acos, acosh, asin, asinh, atan, atanh, cos, cosh, sin, sinh, tan
  /// Predicates, which give 0 or 1 as integers.
  case isInfinite(negative: Bool, positive: Bool)
  case isNaN
}

public enum BinaryFunction: Hashable, Sendable {
  case add, subtract, multiply, divide, power, maximum, minimum
  /// The sign is that of the divisor (`modulo`, for integers) or of the dividend (`remainder`).
  case modulo, remainder
  case equal, greater, greaterOrEqual, less, lessOrEqual, and, or
}

public enum Reduction: Hashable, Sendable { case mean, sum, max, min, product, l1, l2, sumSquare }

public enum PadMode: Hashable, Sendable { case constant, reflect, edge, wrap }

public struct Resize: Hashable, Sendable {
  public enum Mode: Hashable, Sendable { case nearest, linear, cubic }
  public enum Coordinates: Hashable, Sendable { case halfPixel, asymmetric, alignCorners, pytorchHalfPixel }
  public enum Rounding: Hashable, Sendable { case roundPreferFloor, roundPreferCeil, floor, ceil }

  public var mode: Mode = .nearest
  public var coordinates: Coordinates = .halfPixel
  public var rounding: Rounding = .roundPreferFloor
  public var cubicCoefficient: Float = -0.75

  public init() {}
}
