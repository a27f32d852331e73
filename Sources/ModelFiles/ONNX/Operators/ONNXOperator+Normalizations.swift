internal import Inference

extension ONNXOperator {
  static let normalizations: [String: ONNXOperator] = [
    "BatchNormalization": ONNXOperator(5, batchNormalization),
    "InstanceNormalization": ONNXOperator(3) { importer, node in
      let epsilon = try node.attributes.float("epsilon", 1e-5)
      try importer.emit(.instanceNormalization(epsilon: epsilon), node.inputs, for: node)
    },
    "LayerNormalization": ONNXOperator(2...3) { importer, node in
      node.attributes.ignore("stash_type")
      let axis = try node.attributes.axis("axis", -1)
      let epsilon = try node.attributes.float("epsilon", 1e-5)
      try importer.emit(.layerNormalization(axis: axis, epsilon: epsilon), node.inputs, for: node)
    },
    "GroupNormalization": ONNXOperator(3, groupNormalization),
    "LpNormalization": ONNXOperator(1) { importer, node in
      let reduction: Reduction = try node.attributes.int("p", 2) == 1 ? .l1 : .l2
      let axes = importer.constant([try node.attributes.axis("axis", -1)])
      let norm = importer.step(.reduce(reduction, keepsDimensions: true), [node.inputs[0], axes], of: node)
      try importer.emit(.binary(.divide), [node.inputs[0], norm], for: node)
    },
    "Dropout": ONNXOperator(1...3, dropout),
  ]

  /// Up to operator set 8 `spatial` = 0 asks for statistics per pixel. Some exporters write it together with one number a
  /// channel, which can only mean per channel.
  @Sendable private static func batchNormalization(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    node.attributes.ignore("momentum")
    try node.attributes.require("training_mode", is: 0)
    let epsilon = try node.attributes.float("epsilon", 1e-5)
    if try node.attributes.int("spatial", 1) == 0, importer.constant(of: node.inputs[1])?.shape.count != 1 {
      throw node.error(.unsupported, "statistics per pixel (spatial = 0) are not supported")
    }
    try importer.emit(.batchNormalization(epsilon: epsilon), node.inputs, for: node)
  }

  /// Up to operator set 20 scale and bias are one number a group: the groups are the channels of an instance normalisation.
  @Sendable private static func groupNormalization(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    let epsilon = try node.attributes.float("epsilon", 1e-5)
    guard let groups = try node.attributes.int("num_groups"), groups > 0 else {
      throw node.error(.malformed, "it has no num_groups")
    }
    let grouped = importer.step(
      .reshape(allowsZero: false), [node.inputs[0], importer.constant([0, groups, -1])], of: node)
    let normalized = importer.step(
      .instanceNormalization(epsilon: epsilon), [grouped, node.inputs[1], node.inputs[2]], of: node)
    let shape = importer.step(.shape(start: 0, end: nil), [node.inputs[0]], of: node)
    try importer.emit(.reshape(allowsZero: false), [normalized, shape], for: node)
  }

  /// Drops nothing when a network is used, not trained.
  @Sendable private static func dropout(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    node.attributes.ignore("ratio", "seed")
    if let training = node.input(2), importer.constant(of: training)?.isAllZero != true {
      throw node.error(.unsupported, "it is in training mode; export the model for inference")
    }
    try importer.emit(.identity, [node.inputs[0]], for: node)
  }
}

extension Tensor {
  fileprivate var isAllZero: Bool {
    switch elementType {
    case .float32: withFloats { $0.allSatisfy { $0 == 0 } }
    case .int64: withIntegers { $0.allSatisfy { $0 == 0 } }
    }
  }
}
