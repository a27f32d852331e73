internal import Inference

extension ONNXOperator {
  static let arithmetic: [String: ONNXOperator] = [
    "Add": .direct(2, .binary(.add)),
    "Sub": .direct(2, .binary(.subtract)),
    "Mul": .direct(2, .binary(.multiply)),
    "Div": .direct(2, .binary(.divide)),
    "Pow": .direct(2, .binary(.power)),
    "Mod": ONNXOperator(2) { importer, node in
      try node.attributes.require("fmod", is: 0)
      try importer.emit(.binary(.modulo), node.inputs, for: node)
    },
    "Equal": .direct(2, .binary(.equal)),
    "Greater": .direct(2, .binary(.greater)),
    "GreaterOrEqual": .direct(2, .binary(.greaterOrEqual)),
    "Less": .direct(2, .binary(.less)),
    "LessOrEqual": .direct(2, .binary(.lessOrEqual)),
    "And": .direct(2, .binary(.and)),
    "Or": .direct(2, .binary(.or)),
    "Xor": ONNXOperator(2) { importer, node in
      let equal = importer.step(.binary(.equal), node.inputs, of: node)
      try importer.emit(.unary(.not), [equal], for: node)
    },
    "Max": ONNXOperator(any) { try $0.emitChain(.maximum, for: $1) },
    "Min": ONNXOperator(any) { try $0.emitChain(.minimum, for: $1) },
    "Sum": ONNXOperator(any) { try $0.emitChain(.add, for: $1) },
    "Mean": ONNXOperator(any) { importer, node in
      let sum = importer.chain(.add, node.inputs, of: node)
      try importer.emit(.binary(.divide), [sum, importer.constant(Float(node.inputs.count))], for: node)
    },
    "Abs": .direct(1, .unary(.abs)),
    "Ceil": .direct(1, .unary(.ceil)),
    "Cos": .direct(1, .unary(.cos)),
    "Erf": .direct(1, .unary(.erf)),
    "Exp": .direct(1, .unary(.exp)),
    "Floor": .direct(1, .unary(.floor)),
    "Log": .direct(1, .unary(.log)),
    "Neg": .direct(1, .unary(.negate)),
    "Not": .direct(1, .unary(.not)),
    "Reciprocal": .direct(1, .unary(.reciprocal)),
    "Round": .direct(1, .unary(.round)),
    "Sign": .direct(1, .unary(.sign)),
    "Sin": .direct(1, .unary(.sin)),
    "Sqrt": .direct(1, .unary(.sqrt)),
    "Identity": .direct(1, .identity),
    "Where": .direct(3, .select),
  ]
}

extension ONNXImporter {
  /// A function of any number of inputs as a chain of two-input nodes.
  fileprivate mutating func chain(_ function: BinaryFunction, _ inputs: [ValueID], of node: ONNXNode) -> ValueID {
    inputs.dropFirst().reduce(inputs[0]) { step(.binary(function), [$0, $1], of: node) }
  }

  fileprivate mutating func emitChain(_ function: BinaryFunction, for node: ONNXNode) throws {
    guard let last = node.inputs.last, node.inputs.count > 1 else {
      return try emit(.identity, node.inputs, for: node)
    }
    let first = chain(function, node.inputs.dropLast(), of: node)
    try emit(.binary(function), [first, last], for: node)
  }
}
