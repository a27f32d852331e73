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
    "RMSNormalization": ONNXOperator(2, rootMeanSquareNormalization),
    "MeanVarianceNormalization": ONNXOperator(1) { importer, node in
      let axes = importer.constant(try node.attributes.ints("axes") ?? [0, 2, 3])
      let mean = importer.step(.reduce(.mean, keepsDimensions: true), [node.inputs[0], axes], of: node)
      let centred = importer.step(.binary(.subtract), [node.inputs[0], mean], of: node)
      let square = importer.step(.binary(.multiply), [centred, centred], of: node)
      let variance = importer.step(.reduce(.mean, keepsDimensions: true), [square, axes], of: node)
      let deviation = importer.step(.unary(.sqrt), [variance], of: node)
      let divisor = importer.step(.binary(.add), [deviation, importer.constant(1e-9)], of: node)
      try importer.emit(.binary(.divide), [centred, divisor], for: node)
    },
    "GroupNormalization": ONNXOperator(3, groupNormalization),
    "LpNormalization": ONNXOperator(1) { importer, node in
      let reduction: Reduction = try node.attributes.int("p", 2) == 1 ? .l1 : .l2
      let axes = importer.constant([try node.attributes.axis("axis", -1)])
      let norm = importer.step(.reduce(reduction, keepsDimensions: true), [node.inputs[0], axes], of: node)
      try importer.emit(.binary(.divide), [node.inputs[0], norm], for: node)
    },
    "LRN": ONNXOperator(1, localResponseNormalization),
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

  /// x / √(mean of x² + ε) · scale, over all axes from `axis` on.
  @Sendable private static func rootMeanSquareNormalization(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    node.attributes.ignore("stash_type")
    guard try node.attributes.axis("axis", -1) == -1 else {
      throw node.error(.unsupported, "only the last axis is supported")
    }
    let epsilon = importer.constant(try node.attributes.float("epsilon", 1e-5))
    let square = importer.step(.binary(.multiply), [node.inputs[0], node.inputs[0]], of: node)
    let mean = importer.step(.reduce(.mean, keepsDimensions: true), [square, importer.constant([-1])], of: node)
    let sum = importer.step(.binary(.add), [mean, epsilon], of: node)
    let root = importer.step(.unary(.sqrt), [sum], of: node)
    let normalized = importer.step(.binary(.divide), [node.inputs[0], root], of: node)
    try importer.emit(.binary(.multiply), [normalized, node.inputs[1]], for: node)
  }

  /// The groups are the channels of an instance normalisation. Up to operator set 20 scale and bias are one number a group,
  /// since then one a channel.
  @Sendable private static func groupNormalization(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    let epsilon = try node.attributes.float("epsilon", 1e-5)
    guard let groups = try node.attributes.int("num_groups"), groups > 0 else {
      throw node.error(.malformed, "it has no num_groups")
    }
    node.attributes.ignore("stash_type")
    guard groups <= 1 << 16 else { throw node.error(.malformed, "num_groups is \(groups)") }
    let grouped = importer.step(
      .reshape(allowsZero: false), [node.inputs[0], importer.constant([0, groups, -1])], of: node)
    let shape = importer.step(.shape(start: 0, end: nil), [node.inputs[0]], of: node)
    guard node.opset >= 21 else {
      let normalized = importer.step(
        .instanceNormalization(epsilon: epsilon), [grouped, node.inputs[1], node.inputs[2]], of: node)
      return try importer.emit(.reshape(allowsZero: false), [normalized, shape], for: node)
    }
    let one = importer.constant(Tensor(shape: [groups], Array(repeating: Float(1), count: groups)))
    let zero = importer.constant(Tensor(shape: [groups], Array(repeating: Float(0), count: groups)))
    let normalized = importer.step(.instanceNormalization(epsilon: epsilon), [grouped, one, zero], of: node)
    let perChannel = importer.step(
      .reshape(allowsZero: false), [normalized, importer.perChannelShape(of: node)], of: node)
    let (scale, bias) = (importer.column(node.inputs[1], of: node), importer.column(node.inputs[2], of: node))
    let scaled = importer.step(.binary(.multiply), [perChannel, scale], of: node)
    let shifted = importer.step(.binary(.add), [scaled, bias], of: node)
    try importer.emit(.reshape(allowsZero: false), [shifted, shape], for: node)
  }

  /// x / (bias + alpha / size · sum of x² over `size` channels around each)^beta (Krizhevsky et al., 2012). The sum is a mean
  /// over windows of channels, with channels as rows of an image.
  @Sendable private static func localResponseNormalization(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    guard let size = try node.attributes.int("size"), size > 0, size <= 1 << 16 else {
      throw node.error(.malformed, "it has no size of at least 1")
    }
    let alpha = importer.constant(try node.attributes.float("alpha", 1e-4))
    let beta = importer.constant(try node.attributes.float("beta", 0.75))
    let bias = importer.constant(try node.attributes.float("bias", 1))
    let square = importer.step(.binary(.multiply), [node.inputs[0], node.inputs[0]], of: node)
    let rows = importer.step(.reshape(allowsZero: false), [square, importer.constant([0, 0, -1])], of: node)
    let image = importer.step(.unsqueeze, [rows, importer.constant([1])], of: node)
    var window = Pooling(kernel: [size, 1])
    window.padding = [(size - 1) / 2, 0, size / 2, 0]
    let means = importer.step(.averagePool(window, countsPadding: true), [image], of: node)
    let shape = importer.step(.shape(start: 0, end: nil), [node.inputs[0]], of: node)
    let mean = importer.step(.reshape(allowsZero: false), [means, shape], of: node)
    let scaled = importer.step(.binary(.multiply), [mean, alpha], of: node)
    let sum = importer.step(.binary(.add), [scaled, bias], of: node)
    let divisor = importer.step(.binary(.power), [sum, beta], of: node)
    try importer.emit(.binary(.divide), [node.inputs[0], divisor], for: node)
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

extension ONNXImporter {
  /// N × C × everything else.
  fileprivate mutating func perChannelShape(of node: ONNXNode) -> ValueID {
    let kept = step(.shape(start: 0, end: 2), [node.inputs[0]], of: node)
    return step(.concatenate(axis: 0), [kept, constant([-1])], of: node)
  }

  /// A vector as a column.
  fileprivate mutating func column(_ vector: ValueID, of node: ONNXNode) -> ValueID {
    step(.unsqueeze, [vector, constant([1])], of: node)
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
