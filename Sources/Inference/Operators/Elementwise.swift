private import Foundation

struct ActivationOperator: Operator {
  var function: Activation

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] { [try operands.floatType(0)] }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try operands.tensor(0).mapped(function.callAsFunction)]
  }
}

/// x, or slope · x where x is negative; the slope is broadcast.
struct ParametricRelu: Operator {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.floatType(0)
    guard try broadcastShape(type.shape, operands.floatType(1, "slope").shape) == type.shape else {
      throw InferenceError(.invalidGraph, "the slope does not broadcast to the data \(type)")
    }
    return [type]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.isShared(1) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try broadcast(operands.tensor(0), operands.tensor(1), types[0].shape) { $0 < 0 ? $0 * $1 : $0 }]
  }
}

struct UnaryOperator: Operator {
  var function: UnaryFunction

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try function.takesIntegers ? operands.type(0) : operands.floatType(0)
    return [function.isPredicate ? TensorType(type.shape, .int64) : type]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    switch x.elementType {
    case .float32 where function.isPredicate:
      return [try x.mapped { function($0) }.converted(to: .int64)]
    case .float32: return [try x.mapped { function($0) }]
    case .int64: return [try x.mappedIntegers(function.integers)]
    }
  }
}

struct Cast: Operator {
  var elementType: Tensor.ElementType

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [TensorType(try operands.type(0).shape, elementType)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try operands.tensor(0).converted(to: elementType)]
  }
}

extension Activation {
  /// The function's value, in float32 as the networks were trained.
  public func callAsFunction(_ x: Float) -> Float {
    switch self {
    case .relu: x < 0 ? 0 : x
    case .leakyRelu(let slope): x < 0 ? slope * x : x
    case .clip(let low, let high): Swift.min(Swift.max(x, low), high)
    case .sigmoid: 1 / (1 + exp(-x))
    case .hardSigmoid(let alpha, let beta): Swift.min(Swift.max(alpha * x + beta, 0), 1)
    case .hardSwish: x * Swift.min(Swift.max(x / 6 + 0.5, 0), 1)
    case .silu: x / (1 + exp(-x))
    case .gelu(tanhApproximation: false): 0.5 * x * (1 + erf(x * Float(0.5).squareRoot()))
    case .gelu(tanhApproximation: true):
      0.5 * x * (1 + Foundation.tanh((2 / Float.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .elu(let alpha): x < 0 ? alpha * (exp(x) - 1) : x
    case .tanh: Foundation.tanh(x)
    case .softplus: Swift.max(x, 0) + log1p(exp(-Swift.abs(x)))
    case .mish: x * Foundation.tanh(Swift.max(x, 0) + log1p(exp(-Swift.abs(x))))
    }
  }
}

extension UnaryFunction {
  /// Predicates give 0 or 1 as integers.
  var isPredicate: Bool {
    switch self {
    case .isNaN, .isInfinite: true
    default: false
    }
  }

  var takesIntegers: Bool {
    switch self {
    case .abs, .negate, .not, .sign: true
    default: false
    }
  }

  func callAsFunction(_ x: Float) -> Float {
    switch self {
    case .abs: Swift.abs(x)
    case .acos: Foundation.acos(x)
    case .acosh: Foundation.acosh(x)
    case .asin: Foundation.asin(x)
    case .asinh: Foundation.asinh(x)
    case .atan: Foundation.atan(x)
    case .atanh: Foundation.atanh(x)
    case .ceil: x.rounded(.up)
    case .cos: Foundation.cos(x)
    case .cosh: Foundation.cosh(x)
    case .erf: Foundation.erf(x)
    case .exp: Foundation.exp(x)
    case .floor: x.rounded(.down)
    case .isInfinite(let negative, let positive): x == .infinity && positive || x == -.infinity && negative ? 1 : 0
    case .isNaN: x.isNaN ? 1 : 0
    case .log: Foundation.log(x)
    case .negate: -x
    case .not: x == 0 ? 1 : 0
    case .reciprocal: 1 / x
    case .round: x.rounded(.toNearestOrEven)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .sin: Foundation.sin(x)
    case .sinh: Foundation.sinh(x)
    case .sqrt: x.squareRoot()
    case .tan: Foundation.tan(x)
    }
  }

  /// Those functions that are defined for integers; the rest is refused when types are inferred.
  func integers(_ x: Int64) -> Int64 {
    switch self {
    case .abs: x < 0 ? 0 &- x : x
    case .negate: 0 &- x
    case .not: x == 0 ? 1 : 0
    case .sign: x.signum()
    default: x
    }
  }
}
