package import CKernels

extension CKActivation {
  /// Without an activation it is the identity.
  package init(_ activation: Activation?) {
    let (kind, a, b): (CKActivationKind, Float, Float) =
      switch activation {
      case nil: (.identity, 0, 0)
      case .relu: (.relu, 0, 0)
      case .leakyRelu(let slope): (.leakyRelu, slope, 0)
      case .clip(let low, let high): (.clip, low, high)
      case .sigmoid: (.sigmoid, 0, 0)
      case .hardSigmoid(let alpha, let beta): (.hardSigmoid, alpha, beta)
      case .hardSwish: (.hardSwish, 0, 0)
      case .silu: (.silu, 0, 0)
      case .gelu(tanhApproximation: false): (.geluErf, 0, 0)
      case .gelu(tanhApproximation: true): (.geluTanh, 0, 0)
      case .elu(let alpha): (.elu, alpha, 0)
      case .tanh: (.tanh, 0, 0)
      case .softplus: (.softplus, 0, 0)
      case .mish: (.mish, 0, 0)
      }
    self.init(kind: kind, a: a, b: b)
  }
}

extension CKBinary {
  /// nil for functions that the kernels lack.
  package init?(_ function: BinaryFunction) {
    switch function {
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .divide: self = .divide
    case .maximum: self = .maximum
    case .minimum: self = .minimum
    case .power, .modulo, .remainder, .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .and, .or: return nil
    }
  }
}
