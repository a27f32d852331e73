internal import Inference

extension ONNXOperator {
  static let convolutions: [String: ONNXOperator] = [
    "Conv": ONNXOperator(2...3) { importer, node in
      try importer.emit(.convolution(try node.convolution()), node.inputs, for: node)
    },
    "ConvTranspose": ONNXOperator(2...3) { importer, node in
      var geometry = try node.convolution()
      geometry.outputPadding = try node.pair("output_padding", [0, 0], minimum: 0)
      try importer.emit(.transposedConvolution(geometry), node.inputs, for: node)
    },
    "DeformConv": ONNXOperator(3...5) { importer, node in
      let offsetGroups = try node.attributes.int("offset_group", 1)
      guard (1...ONNXNode.maximumExtent).contains(offsetGroups) else {
        throw node.error(.malformed, "offset_group is \(offsetGroups)")
      }
      let operation = Operation.deformableConvolution(try node.convolution(), offsetGroups: offsetGroups)
      try importer.emit(operation, node.inputs, for: node)
    },
  ]

  static let poolings: [String: ONNXOperator] = [
    "MaxPool": ONNXOperator(1) { importer, node in
      node.attributes.ignore("storage_order")
      let pool = Operation.maxPool(try node.pooling())
      guard let type = importer.type(of: node.inputs[0]), !type.isFloatingPoint else {
        return try importer.emit(pool, node.inputs, for: node)
      }
      // Integers of eight bits, of a quantised network.
      let floats = importer.step(.cast(.float32), node.inputs, of: node)
      try importer.emit(.cast(.int64), [importer.step(pool, [floats], of: node)], for: node)
    },
    "AveragePool": ONNXOperator(1) { importer, node in
      let countsPadding = try node.attributes.flag("count_include_pad")
      try importer.emit(.averagePool(try node.pooling(), countsPadding: countsPadding), node.inputs, for: node)
    },
    "GlobalAveragePool": .direct(1, .globalAveragePool),
    "GlobalMaxPool": .direct(1, .globalMaxPool),
    "GlobalLpPool": ONNXOperator(1) { importer, node in
      let power = try node.attributes.int("p", 2)
      guard [1, 2].contains(power) else { throw node.error(.unsupported, "only p = 1 and p = 2 are supported") }
      let axes = importer.constant([2, 3])
      try importer.emit(.reduce(power == 1 ? .l1 : .l2, keepsDimensions: true), [node.inputs[0], axes], for: node)
    },
  ]
}

extension ONNXNode {
  func convolution() throws -> Convolution {
    var geometry = Convolution()
    _ = try pair("kernel_shape", [1, 1], minimum: 1)
    geometry.strides = try pair("strides", [1, 1], minimum: 1)
    geometry.dilations = try pair("dilations", [1, 1], minimum: 1)
    geometry.padding = try numbers("pads", [0, 0, 0, 0], minimum: 0)
    geometry.groups = try attributes.int("group", 1)
    guard (1...Self.maximumExtent).contains(geometry.groups) else {
      throw error(.malformed, "it has \(geometry.groups) groups")
    }
    geometry.autoPad = try autoPad()
    return geometry
  }

  fileprivate func pooling() throws -> Pooling {
    guard try attributes.ints("kernel_shape") != nil else { throw error(.malformed, "it has no kernel_shape") }
    var pooling = Pooling(kernel: try pair("kernel_shape", [1, 1], minimum: 1))
    pooling.strides = try pair("strides", [1, 1], minimum: 1)
    pooling.dilations = try pair("dilations", [1, 1], minimum: 1)
    pooling.padding = try numbers("pads", [0, 0, 0, 0], minimum: 0)
    pooling.roundsUp = try attributes.flag("ceil_mode")
    pooling.autoPad = try autoPad()
    return pooling
  }

  /// Larger than any image; keeps sums of made-up numbers from overflowing.
  fileprivate static let maximumExtent = 1 << 20

  /// A value each for height and width.
  fileprivate func pair(_ name: String, _ standard: [Int], minimum: Int) throws -> [Int] {
    try numbers(name, standard, minimum: minimum)
  }

  private func numbers(_ name: String, _ standard: [Int], minimum: Int) throws -> [Int] {
    let values = try attributes.ints(name) ?? standard
    guard values.count == standard.count else {
      throw error(.unsupported, "\(name) has \(values.count) numbers; only images (height and width) are supported")
    }
    guard values.allSatisfy({ (minimum...Self.maximumExtent).contains($0) }) else {
      throw error(.malformed, "\(name) is \(values)")
    }
    return values
  }

  private func autoPad() throws -> Convolution.AutoPad {
    switch try attributes.string("auto_pad", "NOTSET") {
    case "NOTSET", "": .notSet
    case "SAME_UPPER": .sameUpper
    case "SAME_LOWER": .sameLower
    case "VALID": .valid
    case let other: throw error(.unsupported, "auto_pad \(other) is not supported")
    }
  }
}
