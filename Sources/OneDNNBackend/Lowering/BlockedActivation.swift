#if OneDNN

internal import COneDNN
internal import Inference

extension blocked_activation {
  /// nil for functions that the kernels over blocked images lack.
  init?(_ activation: Activation?) {
    guard let activation else {
      self.init(function: BLOCKED_IDENTITY, alpha: 0, beta: 0)
      return
    }
    switch activation {
    case .relu: self.init(function: BLOCKED_RELU, alpha: 0, beta: 0)
    case .leakyRelu(let slope): self.init(function: BLOCKED_RELU, alpha: slope, beta: 0)
    case .clip(let low, let high): self.init(function: BLOCKED_CLIP, alpha: low, beta: high)
    case .sigmoid: self.init(function: BLOCKED_SIGMOID, alpha: 0, beta: 0)
    case .hardSigmoid(let alpha, let beta): self.init(function: BLOCKED_HARD_SIGMOID, alpha: alpha, beta: beta)
    case .hardSwish: self.init(function: BLOCKED_HARD_SWISH, alpha: 0, beta: 0)
    case .silu: self.init(function: BLOCKED_SILU, alpha: 0, beta: 0)
    case .gelu, .elu, .tanh, .softplus, .mish: return nil
    }
  }
}

extension blocked_combination {
  /// nil for functions that the kernels over blocked images lack.
  init?(_ function: BinaryFunction) {
    switch function {
    case .add: self = BLOCKED_ADD
    case .subtract: self = BLOCKED_SUBTRACT
    case .multiply: self = BLOCKED_MULTIPLY
    case .maximum: self = BLOCKED_MAXIMUM
    case .minimum: self = BLOCKED_MINIMUM
    default: return nil
    }
  }
}

extension BinaryFunction {
  var isCommutative: Bool {
    switch self {
    case .add, .multiply, .maximum, .minimum: true
    default: false
    }
  }
}

#endif
