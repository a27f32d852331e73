internal import Inference

extension ONNXOperator {
  static let selections: [String: ONNXOperator] = [
    "TopK": ONNXOperator(1...2) { importer, node in
      node.attributes.ignore("sorted")
      let count: Graph.ValueID
      if let listed = try node.attributes.int("k") {
        count = importer.constant([listed])
      } else {
        count = node.optionalInput(1)
      }
      guard count != Graph.Node.absent else { throw node.error(.malformed, "it has no k") }
      let operation = Operation.topK(
        axis: try node.attributes.axis("axis", -1), largest: try node.attributes.flag("largest", true))
      try importer.emit(operation, [node.inputs[0], count], for: node, results: 2)
    },
    "ArgMax": ONNXOperator(1) { importer, node in
      try importer.emit(try node.argMax(), node.inputs, for: node)
    },
    "ArgMin": ONNXOperator(1) { importer, node in
      let negated = importer.step(.unary(.negate), node.inputs, of: node)
      try importer.emit(try node.argMax(), [negated], for: node)
    },
    "NonMaxSuppression": ONNXOperator(2...5) { importer, node in
      let inputs = node.inputs + Array(repeating: Graph.Node.absent, count: 5 - node.inputs.count)
      let isCentered = try node.attributes.flag("center_point_box")
      try importer.emit(.nonMaxSuppression(centerPointBox: isCentered), inputs, for: node)
    },
  ]
}

extension ONNXNode {
  fileprivate func argMax() throws -> Operation {
    try attributes.require("select_last_index", is: 0)
    let axis = try attributes.axis("axis", 0)
    return .argMax(axis: axis, keepsDimensions: try attributes.flag("keepdims", true))
  }
}
