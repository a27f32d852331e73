internal import Inference

extension ONNXOperator {
  static let shapes: [String: ONNXOperator] = [
    "Shape": ONNXOperator(1) { importer, node in
      let end = try node.attributes.int("end")
      let start = try node.attributes.int("start", 0)
      try importer.emit(.shape(start: start, end: end), node.inputs, for: node, types: .int64)
    },
    "Size": ONNXOperator(1) { importer, node in
      let shape = importer.step(.shape(start: 0, end: nil), node.inputs, of: node)
      let product = Operation.reduce(.product, keepsDimensions: false)
      try importer.emit(product, [shape, Graph.Node.absent], for: node, types: .int64)
    },
    "Reshape": ONNXOperator(2) { importer, node in
      try importer.emit(
        .reshape(allowsZero: try node.attributes.flag("allowzero")), node.inputs, for: node)
    },
    "Flatten": ONNXOperator(1) { importer, node in
      try importer.emit(.flatten(axis: try node.attributes.axis("axis", 1)), node.inputs, for: node)
    },
    "Squeeze": ONNXOperator(1...2) { importer, node in
      let axes = try importer.list("axes", orInput: 1, of: node) ?? Graph.Node.absent
      try importer.emit(.squeeze, [node.inputs[0], axes], for: node)
    },
    "Unsqueeze": ONNXOperator(1...2) { importer, node in
      guard let axes = try importer.list("axes", orInput: 1, of: node) else {
        throw node.error(.malformed, "it has no axes")
      }
      try importer.emit(.unsqueeze, [node.inputs[0], axes], for: node)
    },
    "Transpose": ONNXOperator(1) { importer, node in
      let permutation = try node.attributes.ints("perm") ?? []
      guard permutation.sorted() == Array(0..<permutation.count) else {
        throw node.error(.malformed, "perm \(permutation) is not a permutation")
      }
      try importer.emit(.transpose(permutation), node.inputs, for: node)
    },
    "Expand": .direct(2, .expand),
    "Tile": .direct(2, .tile),
    "DepthToSpace": ONNXOperator(1) { importer, node in
      let isColumnMajor = try node.attributes.string("mode", "DCR") == "CRD"
      try importer.emit(
        .depthToSpace(blockSize: try node.blockSize(), columnMajor: isColumnMajor), node.inputs, for: node)
    },
    "SpaceToDepth": ONNXOperator(1) { importer, node in
      try importer.emit(.spaceToDepth(blockSize: try node.blockSize()), node.inputs, for: node)
    },
  ]
}

extension ONNXImporter {
  /// Integers that are an attribute in older operator sets and an input in newer ones.
  mutating func list(_ name: String, orInput index: Int, of node: ONNXNode) throws -> ValueID? {
    if let listed = try node.attributes.ints(name) { return constant(listed) }
    return node.input(index)
  }
}

extension ONNXNode {
  fileprivate func blockSize() throws -> Int {
    guard let size = try attributes.int("blocksize"), (1...1024).contains(size) else {
      throw error(.malformed, "it has no usable blocksize")
    }
    return size
  }
}
