internal import Inference

extension ONNXOperator {
  static let slices: [String: ONNXOperator] = [
    "Concat": ONNXOperator(any) { importer, node in
      guard try node.attributes.int("axis") != nil else { throw node.error(.malformed, "it has no axis") }
      try importer.emit(.concatenate(axis: try node.attributes.axis("axis", 0)), node.inputs, for: node)
    },
    "Split": ONNXOperator(1...2, split),
    "Slice": ONNXOperator(1...5, slice),
    "Gather": ONNXOperator(2) { importer, node in
      try importer.emit(.gather(axis: try node.attributes.axis("axis", 0)), node.inputs, for: node)
    },
    "GatherND": ONNXOperator(2) { importer, node in
      let dimensions = try node.attributes.axis("batch_dims", 0)
      guard dimensions >= 0 else { throw node.error(.malformed, "batch_dims is \(dimensions)") }
      try importer.emit(.gatherND(batchDimensions: dimensions), node.inputs, for: node)
    },
    "GatherElements": ONNXOperator(2) { importer, node in
      try importer.emit(.gatherElements(axis: try node.attributes.axis("axis", 0)), node.inputs, for: node)
    },
    "Scatter": ONNXOperator(3) { importer, node in
      try importer.emit(.scatterElements(axis: try node.attributes.axis("axis", 0)), node.inputs, for: node)
    },
    "ScatterElements": ONNXOperator(3) { importer, node in
      let axis = try node.attributes.axis("axis", 0)
      try importer.emit(.scatterElements(axis: axis, try node.scatterReduction()), node.inputs, for: node)
    },
    "ScatterND": ONNXOperator(3) { importer, node in
      try importer.emit(.scatterND(try node.scatterReduction()), node.inputs, for: node)
    },
    "Pad": ONNXOperator(1...4, pad),
  ]

  /// The sizes are an attribute up to operator set 12, an input since; without them the parts are equal, the last one may be
  /// smaller.
  @Sendable private static func split(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    let axis = try node.attributes.axis("axis", 0)
    let parts = try node.attributes.int("num_outputs", node.outputs.count)
    guard parts == node.outputs.count, parts > 0 else {
      throw node.error(.malformed, "num_outputs is \(parts), but it has \(node.outputs.count) outputs")
    }
    let listed = try importer.list("split", orInput: 1, of: node)
    let sizes = listed ?? importer.equalParts(parts, along: axis, of: node)
    if let constant = importer.constant(of: sizes), constant.count != parts {
      throw node.error(.malformed, "it has \(parts) outputs, but \(constant.count) sizes")
    }
    try importer.emit(.split(axis: axis), [node.inputs[0], sizes], for: node, results: parts)
  }

  /// Starts, ends and axes are attributes up to operator set 9, inputs since.
  @Sendable private static func slice(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    guard let starts = try importer.list("starts", orInput: 1, of: node),
      let ends = try importer.list("ends", orInput: 2, of: node)
    else { throw node.error(.malformed, "it has no starts or ends") }
    let axes = try importer.list("axes", orInput: 3, of: node) ?? Graph.Node.absent
    try importer.emit(.slice, [node.inputs[0], starts, ends, axes, node.optionalInput(4)], for: node)
  }

  /// Pads and value are attributes up to operator set 10, inputs since.
  @Sendable private static func pad(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    let mode: PadMode
    switch try node.attributes.string("mode", "constant") {
    case "constant": mode = .constant
    case "reflect": mode = .reflect
    case "edge": mode = .edge
    case "wrap": mode = .wrap
    case let other: throw node.error(.unsupported, "the mode \(other) is not supported")
    }
    guard let pads = try importer.list("pads", orInput: 1, of: node) else {
      throw node.error(.malformed, "it has no pads")
    }
    let value = try node.attributes.float("value").map { importer.constant($0) } ?? node.optionalInput(2)
    try importer.emit(.pad(mode), [node.inputs[0], pads, value, node.optionalInput(3)], for: node)
  }
}

extension ONNXNode {
  fileprivate func scatterReduction() throws -> ScatterReduction {
    switch try attributes.string("reduction", "none") {
    case "none": .none
    case "add": .add
    case "mul": .multiply
    case "max": .maximum
    case "min": .minimum
    case let other: throw error(.unsupported, "the reduction \(other) is not supported")
    }
  }
}

extension ONNXImporter {
  /// The sizes of `parts` parts of a dimension: ceil(size / parts) each, the rest for the last.
  fileprivate mutating func equalParts(_ parts: Int, along axis: Int, of node: ONNXNode) -> ValueID {
    let shape = step(.shape(start: axis, end: axis == -1 ? nil : axis + 1), [node.inputs[0]], of: node)
    let rounded = step(.binary(.add), [shape, constant([parts - 1])], of: node)
    let part = step(.binary(.divide), [rounded, constant([parts])], of: node)
    let others = step(.binary(.multiply), [part, constant([parts - 1])], of: node)
    let last = step(.binary(.subtract), [shape, others], of: node)
    return step(.concatenate(axis: 0), Array(repeating: part, count: parts - 1) + [last], of: node)
  }
}
