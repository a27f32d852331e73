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
      try importer.emit(operation, [node.inputs[0], count], for: node, results: 2, types: nil, .int64)
    },
    "ArgMax": ONNXOperator(1) { importer, node in
      try importer.emit(try node.argMax(), node.inputs, for: node, types: .int64)
    },
    "ArgMin": ONNXOperator(1) { importer, node in
      let negated = importer.step(.unary(.negate), node.inputs, of: node)
      try importer.emit(try node.argMax(), [negated], for: node, types: .int64)
    },
    "NonMaxSuppression": ONNXOperator(2...5) { importer, node in
      let inputs = node.inputs + Array(repeating: Graph.Node.absent, count: 5 - node.inputs.count)
      let isCentered = try node.attributes.flag("center_point_box")
      try importer.emit(.nonMaxSuppression(centerPointBox: isCentered), inputs, for: node, types: .int64)
    },
    "NonZero": .direct(1, .nonZero, type: .int64),
    "OneHot": ONNXOperator(3) { importer, node in
      let axis = try node.attributes.axis("axis", -1)
      try importer.emit(.oneHot(axis: axis), node.inputs, for: node, types: importer.type(of: node.inputs[2]))
    },
    "Trilu": ONNXOperator(1...2) { importer, node in
      let isUpper = try node.attributes.flag("upper", true)
      try importer.emit(.triangle(isUpper: isUpper), [node.inputs[0], node.optionalInput(1)], for: node)
    },
  ]
}

extension ONNXNode {
  fileprivate func argMax() throws -> Operation {
    let axis = try attributes.axis("axis", 0)
    let takesLast = try attributes.flag("select_last_index")
    return .argMax(axis: axis, keepsDimensions: try attributes.flag("keepdims", true), takesLast: takesLast)
  }
}
