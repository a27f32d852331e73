internal import Inference

extension ONNXOperator {
  static let activations: [String: ONNXOperator] = [
    "Relu": activation { _ in .relu },
    "LeakyRelu": activation { .leakyRelu(slope: try $0.float("alpha", 0.01)) },
    "Sigmoid": activation { _ in .sigmoid },
    "HardSigmoid": activation {
      .hardSigmoid(alpha: try $0.float("alpha", 0.2), beta: try $0.float("beta", 0.5))
    },
    "HardSwish": activation { _ in .hardSwish },
    "Gelu": activation { .gelu(tanhApproximation: try $0.string("approximate", "none") == "tanh") },
    "Elu": activation { .elu(alpha: try $0.float("alpha", 1)) },
    "Tanh": activation { _ in .tanh },
    "Softplus": activation { _ in .softplus },
    "Mish": activation { _ in .mish },
    "PRelu": .direct(2, .parametricRelu),
    "Clip": ONNXOperator(1...3, clip),
    "Selu": ONNXOperator(1) { importer, node in
      let alpha = try node.attributes.float("alpha", 1.673_263_2)
      let gamma = importer.constant(try node.attributes.float("gamma", 1.050_701))
      let elu = importer.step(.activation(.elu(alpha: alpha)), node.inputs, of: node)
      try importer.emit(.binary(.multiply), [elu, gamma], for: node)
    },
    "Celu": ONNXOperator(1) { importer, node in
      let alpha = importer.constant(try node.attributes.float("alpha", 1))
      let scaled = importer.step(.binary(.divide), [node.inputs[0], alpha], of: node)
      let elu = importer.step(.activation(.elu(alpha: 1)), [scaled], of: node)
      try importer.emit(.binary(.multiply), [elu, alpha], for: node)
    },
    "Swish": ONNXOperator(1) { importer, node in
      let alpha = try node.attributes.float("alpha", 1)
      guard alpha != 1 else { return try importer.emit(.activation(.silu), node.inputs, for: node) }
      let scaled = importer.step(.binary(.multiply), [node.inputs[0], importer.constant(alpha)], of: node)
      let gate = importer.step(.activation(.sigmoid), [scaled], of: node)
      try importer.emit(.binary(.multiply), [node.inputs[0], gate], for: node)
    },
    "Shrink": ONNXOperator(1) { importer, node in
      let threshold = try node.attributes.float("lambd", 0.5)
      let bias = importer.constant(try node.attributes.float("bias", 0))
      let isAbove = importer.step(.binary(.greater), [node.inputs[0], importer.constant(threshold)], of: node)
      let isBelow = importer.step(.binary(.less), [node.inputs[0], importer.constant(-threshold)], of: node)
      let lowered = importer.step(.binary(.subtract), [node.inputs[0], bias], of: node)
      let raised = importer.step(.binary(.add), [node.inputs[0], bias], of: node)
      let lower = importer.step(.select, [isBelow, raised, importer.constant(0)], of: node)
      try importer.emit(.select, [isAbove, lowered, lower], for: node)
    },
    "Softsign": ONNXOperator(1) { importer, node in
      let magnitude = importer.step(.unary(.abs), node.inputs, of: node)
      let divisor = importer.step(.binary(.add), [magnitude, importer.constant(1)], of: node)
      try importer.emit(.binary(.divide), [node.inputs[0], divisor], for: node)
    },
    "ThresholdedRelu": ONNXOperator(1) { importer, node in
      let threshold = importer.constant(try node.attributes.float("alpha", 1))
      let isAbove = importer.step(.binary(.greater), [node.inputs[0], threshold], of: node)
      try importer.emit(.select, [isAbove, node.inputs[0], importer.constant(0)], for: node)
    },
    "Softmax": ONNXOperator(1) { importer, node in
      try importer.emitSoftmax(for: node) { .softmax(axis: $0) }
    },
    "Hardmax": ONNXOperator(1) { importer, node in
      let axis = try node.attributes.axis("axis", node.opset < 13 ? 1 : -1)
      guard node.opset >= 13 || axis == -1 else {
        throw node.error(.unsupported, "it goes over several axes; export the model with opset_version=17")
      }
      let place = importer.step(.argMax(axis: axis, keepsDimensions: false), node.inputs, of: node)
      let size = importer.step(.shape(start: axis, end: axis == -1 ? nil : axis + 1), node.inputs, of: node)
      let values = importer.constant(Tensor(shape: [2], [0, 1] as [Float]))
      try importer.emit(.oneHot(axis: axis), [place, size, values], for: node)
    },
    "LogSoftmax": ONNXOperator(1) { importer, node in
      try importer.emitSoftmax(for: node) { .logSoftmax(axis: $0) }
    },
  ]

  private static func activation(
    _ make: @escaping @Sendable (ONNXAttributes) throws -> Activation
  ) -> ONNXOperator {
    ONNXOperator(1) { try $0.emit(.activation(try make($1.attributes)), $1.inputs, for: $1) }
  }

  /// The bounds are attributes up to operator set 10 and inputs since. Bounds that are not known now become minimum and
  /// maximum.
  @Sendable private static func clip(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    var bounds: (low: Float?, high: Float?)
    if node.opset < 11 {
      bounds = (try node.attributes.float("min"), try node.attributes.float("max"))
    } else {
      bounds = (importer.scalar(node.input(1)), importer.scalar(node.input(2)))
      if (node.input(1) != nil && bounds.low == nil) || (node.input(2) != nil && bounds.high == nil) {
        var value = node.inputs[0]
        if let low = node.input(1) { value = importer.step(.binary(.maximum), [value, low], of: node) }
        guard let high = node.input(2) else { return try importer.emit(.identity, [value], for: node) }
        return try importer.emit(.binary(.minimum), [value, high], for: node)
      }
    }
    try importer.emit(
      .activation(.clip(bounds.low ?? -.infinity, bounds.high ?? .infinity)), [node.inputs[0]], for: node)
  }
}

extension ONNXImporter {
  /// Since operator set 13 along one axis, by default the last; before, over all dimensions from `axis` on at once.
  fileprivate mutating func emitSoftmax(for node: ONNXNode, _ make: (Int) -> Operation) throws {
    let axis = try node.attributes.axis("axis", node.opset < 13 ? 1 : -1)
    guard node.opset < 13, axis != -1 else { return try emit(make(axis), node.inputs, for: node) }
    let flat = step(.flatten(axis: axis), node.inputs, of: node)
    let result = step(make(1), [flat], of: node)
    let shape = step(.shape(start: 0, end: nil), node.inputs, of: node)
    try emit(.reshape(allowsZero: false), [result, shape], for: node)
  }

  /// The value of a float constant with one element.
  fileprivate func scalar(_ value: ValueID?) -> Float? {
    guard let tensor = value.flatMap(constant(of:)), tensor.count == 1, tensor.elementType == .float32 else {
      return nil
    }
    return tensor.floats[0]
  }
}
