/// Finds the activations that exporters write out as several nodes: SiLU, hard swish, hard sigmoid, GELU, Mish, ReLU
/// and its bounded and leaky kinds.
struct ActivationRecognition: GraphPass {
  func run(_ editor: inout GraphEditor) {
    editor.forEachNode { editor, index in
      guard let (activation, value) = recognised(index, editor) else { return }
      let node = editor.node(index)
      editor.replace(
        index, with: .init(name: node.name, operation: .activation(activation), inputs: [value], outputs: node.outputs))
    }
  }

  private func recognised(_ index: Int, _ editor: GraphEditor) -> (Activation, Graph.ValueID)? {
    let node = editor.node(index)
    switch node.operation {
    case .activation(.clip(let low, let high)) where low == 0 && high == .infinity:
      return (.relu, node.inputs[0])
    case .binary(.maximum), .binary(.minimum):
      return bounded(node, editor)
    case .unary(.log):
      // log(1 + exp(x))
      guard let sum = editor.step(node.inputs[0], isProduct: false), sum.number == 1,
        let (function, x) = editor.unary(sum.value), function == .exp
      else { return nil }
      return (.softplus, x)
    case .binary(.multiply), .binary(.divide):
      guard let product = Product(index, editor) else { return nil }
      return product.activation(editor)
    default: return nil
    }
  }

  /// max(x, 0), max(x, slope · x), and max or min of a bounded value.
  private func bounded(_ node: Graph.Node, _ editor: GraphEditor) -> (Activation, Graph.ValueID)? {
    let isMaximum = node.operation == .binary(.maximum)
    for side in 0..<2 {
      let (value, other) = (node.inputs[side], node.inputs[1 - side])
      if isMaximum, let step = editor.step(other, isProduct: true), step.value == value, (0..<1).contains(step.number) {
        return (.leakyRelu(slope: step.number), value)
      }
      guard let bound = editor.scalar(other) else { continue }
      if isMaximum, bound == 0 { return (.relu, value) }
      let own: Activation = isMaximum ? .clip(bound, .infinity) : .clip(-.infinity, bound)
      guard let (inner, x) = editor.activation(value), editor.hasOneReader(value) else { return (own, value) }
      switch inner {
      case .relu where !isMaximum && bound >= 0: return (.clip(0, bound), x)
      case .clip(let low, let high) where isMaximum && bound <= high: return (.clip(max(low, bound), high), x)
      case .clip(let low, let high) where !isMaximum && bound >= low: return (.clip(low, min(high, bound)), x)
      default: return (own, value)
      }
    }
    return nil
  }
}

/// A product taken apart: a number times one or two values.
private struct Product {
  var number: Float = 1
  var factors: [Graph.ValueID] = []

  init?(_ index: Int, _ editor: GraphEditor) {
    guard collect(index, editor, depth: 0), (1...2).contains(factors.count) else { return nil }
  }

  private mutating func collect(_ index: Int, _ editor: GraphEditor, depth: Int) -> Bool {
    let node = editor.node(index)
    var values = node.inputs
    if node.operation == .binary(.divide) {
      guard let divisor = editor.scalar(node.inputs[1]) else { return false }
      number /= divisor
      values.removeLast()
    }
    for value in values {
      if let scalar = editor.scalar(value) {
        number *= scalar
      } else if depth < 3, let inner = editor.producer(of: value), editor.hasOneReader(value),
        [.binary(.multiply), .binary(.divide)].contains(editor.node(inner).operation), Self(inner, editor) != nil
      {
        guard collect(inner, editor, depth: depth + 1) else { return false }
      } else {
        factors.append(value)
      }
    }
    return true
  }

  func activation(_ editor: GraphEditor) -> (Activation, Graph.ValueID)? {
    if factors.count == 1 {
      guard isClose(number, 1 / 6), let x = editor.clippedToSix(factors[0]) else { return nil }
      return (.hardSigmoid(alpha: 1 / 6, beta: 0.5), x)
    }
    for (x, gate) in [(factors[0], factors[1]), (factors[1], factors[0])] {
      if number == 1, let (function, source) = editor.activation(gate) {
        if source == x, function == .sigmoid { return (.silu, x) }
        if source == x, case .hardSigmoid(let alpha, let beta) = function, isClose(alpha, 1 / 6), beta == 0.5 {
          return (.hardSwish, x)
        }
        if function == .tanh, let (inner, root) = editor.activation(source), inner == .softplus, root == x {
          return (.mish, x)
        }
      }
      if isClose(number, 1 / 6), editor.clippedToSix(gate) == x { return (.hardSwish, x) }
      if isClose(number, 0.5), let sum = editor.step(gate, isProduct: false), sum.number == 1,
        let approximates = isGaussian(sum.value, of: x, editor)
      {
        return (.gelu(tanhApproximation: approximates), x)
      }
    }
    return nil
  }

  /// Whether `value` is erf(x / √2) (false) or tanh(√(2/π) · (x + 0.044715 x³)) (true); nil for anything else.
  private func isGaussian(_ value: Graph.ValueID, of x: Graph.ValueID, _ editor: GraphEditor) -> Bool? {
    if let (function, scaled) = editor.unary(value), function == .erf,
      let step = editor.step(scaled, isProduct: true), step.value == x, isClose(step.number, Float(0.5).squareRoot())
    {
      return false
    }
    guard let (function, scaled) = editor.activation(value), function == .tanh,
      let step = editor.step(scaled, isProduct: true), isClose(step.number, (2 / Float.pi).squareRoot()),
      let sum = editor.producer(of: step.value), editor.node(sum).operation == .binary(.add)
    else { return nil }
    let terms = editor.node(sum).inputs
    guard let cubic = terms.first(where: { $0 != x }), terms.contains(x),
      let part = editor.step(cubic, isProduct: true), isClose(part.number, 0.044715), editor.isCube(part.value, of: x)
    else { return nil }
    return true
  }
}

private func isClose(_ a: Float, _ b: Float) -> Bool { abs(a - b) <= 1e-5 * abs(b) }

extension GraphEditor {
  fileprivate func activation(_ value: Graph.ValueID) -> (Activation, Graph.ValueID)? {
    guard let index = producer(of: value), case .activation(let function) = node(index).operation else { return nil }
    return (function, node(index).inputs[0])
  }

  fileprivate func unary(_ value: Graph.ValueID) -> (UnaryFunction, Graph.ValueID)? {
    guard let index = producer(of: value), case .unary(let function) = node(index).operation else { return nil }
    return (function, node(index).inputs[0])
  }

  fileprivate func step(_ value: Graph.ValueID, isProduct: Bool) -> ScalarStep? {
    guard let index = producer(of: value), let step = ScalarStep(node(index), self), step.isProduct == isProduct
    else { return nil }
    return step
  }

  /// x where `value` is clip(x + 3, 0, 6).
  fileprivate func clippedToSix(_ value: Graph.ValueID) -> Graph.ValueID? {
    guard let (function, sum) = activation(value), function == .clip(0, 6), let step = step(sum, isProduct: false),
      step.number == 3
    else { return nil }
    return step.value
  }

  fileprivate func isCube(_ value: Graph.ValueID, of x: Graph.ValueID) -> Bool {
    guard let index = producer(of: value) else { return false }
    let inputs = node(index).inputs
    switch node(index).operation {
    case .binary(.power): return inputs[0] == x && scalar(inputs[1]) == 3
    case .binary(.multiply):
      guard let square = inputs.first(where: { $0 != x }), inputs.contains(x), let inner = producer(of: square)
      else { return false }
      return node(inner).operation == .binary(.multiply) && node(inner).inputs == [x, x]
    default: return false
    }
  }
}
