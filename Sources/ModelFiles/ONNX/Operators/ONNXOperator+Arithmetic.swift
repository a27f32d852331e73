internal import Inference

extension ONNXOperator {
  static let arithmetic: [String: ONNXOperator] = [
    "Add": .direct(2, .binary(.add)),
    "Sub": .direct(2, .binary(.subtract)),
    "Mul": .direct(2, .binary(.multiply)),
    "Div": .direct(2, .binary(.divide)),
    "Pow": .direct(2, .binary(.power)),
    "Mod": ONNXOperator(2) { importer, node in
      let truncates = try node.attributes.flag("fmod")
      try importer.emit(.binary(truncates ? .remainder : .modulo), node.inputs, for: node)
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
    "Acos": .direct(1, .unary(.acos)),
    "Acosh": .direct(1, .unary(.acosh)),
    "Asin": .direct(1, .unary(.asin)),
    "Asinh": .direct(1, .unary(.asinh)),
    "Atan": .direct(1, .unary(.atan)),
    "Atanh": .direct(1, .unary(.atanh)),
    "Ceil": .direct(1, .unary(.ceil)),
    "Cos": .direct(1, .unary(.cos)),
    "Cosh": .direct(1, .unary(.cosh)),
    "Erf": .direct(1, .unary(.erf)),
    "Exp": .direct(1, .unary(.exp)),
    "Floor": .direct(1, .unary(.floor)),
    "IsInf": ONNXOperator(1) { importer, node in
      let negative = try node.attributes.flag("detect_negative", true)
      let positive = try node.attributes.flag("detect_positive", true)
      try importer.emit(.unary(.isInfinite(negative: negative, positive: positive)), node.inputs, for: node)
    },
    "IsNaN": .direct(1, .unary(.isNaN)),
    "Log": .direct(1, .unary(.log)),
    "Neg": .direct(1, .unary(.negate)),
    "Not": .direct(1, .unary(.not)),
    "Reciprocal": .direct(1, .unary(.reciprocal)),
    "Round": .direct(1, .unary(.round)),
    "Sign": .direct(1, .unary(.sign)),
    "Sin": .direct(1, .unary(.sin)),
    "Sinh": .direct(1, .unary(.sinh)),
    "Sqrt": .direct(1, .unary(.sqrt)),
    "Tan": .direct(1, .unary(.tan)),
    "Identity": .direct(1, .identity),
    "Where": ONNXOperator(3) { importer, node in
      try importer.emit(.select, node.inputs, for: node, types: importer.type(of: node.inputs[1]))
    },
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
