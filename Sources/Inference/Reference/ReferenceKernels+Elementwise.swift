private import Foundation

extension ReferenceKernels {
  static func map(_ x: Tensor, _ function: (Float) -> Float) -> Tensor {
    Tensor(shape: x.shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { x in
        for index in output.indices { output[index] = function(x[index]) }
      }
    }
  }

  private static func map(_ x: Tensor, _ function: (Int64) -> Int64) -> Tensor {
    Tensor(shape: x.shape) { (output: UnsafeMutableBufferPointer<Int64>) in
      x.withIntegers { x in
        for index in output.indices { output[index] = function(x[index]) }
      }
    }
  }

  static func unary(_ function: UnaryFunction, _ x: Tensor) -> Tensor {
    switch x.elementType {
    case .float32: map(x, function.callAsFunction)
    case .int64: map(x, function.integers)
    }
  }

  static func cast(_ x: Tensor, to elementType: Tensor.ElementType) -> Tensor {
    switch (x.elementType, elementType) {
    case (.float32, .int64):
      Tensor(shape: x.shape, x.floats.map { Int64(saturating: $0) })
    case (.int64, .float32):
      Tensor(shape: x.shape, x.integers.map { Float($0) })
    default: x
    }
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
  func callAsFunction(_ x: Float) -> Float {
    switch self {
    case .abs: Swift.abs(x)
    case .ceil: x.rounded(.up)
    case .cos: Foundation.cos(x)
    case .erf: Foundation.erf(x)
    case .exp: Foundation.exp(x)
    case .floor: x.rounded(.down)
    case .log: Foundation.log(x)
    case .negate: -x
    case .not: x == 0 ? 1 : 0
    case .reciprocal: 1 / x
    case .round: x.rounded(.toNearestOrEven)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .sin: Foundation.sin(x)
    case .sqrt: x.squareRoot()
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
