internal import Inference

extension ONNXOperator {
  static let reductions: [String: ONNXOperator] = [
    "ReduceMean": reduction(.mean),
    "ReduceSum": reduction(.sum),
    "ReduceMax": reduction(.max),
    "ReduceMin": reduction(.min),
    "ReduceProd": reduction(.product),
    "ReduceL1": reduction(.l1),
    "ReduceL2": reduction(.l2),
    "ReduceSumSquare": reduction(.sumSquare),
    "ReduceLogSum": ONNXOperator(1...2) { importer, node in
      let arguments = try importer.reductionArguments(of: node)
      let sum = importer.step(
        .reduce(.sum, keepsDimensions: arguments.keepsDimensions), [node.inputs[0], arguments.axes], of: node)
      try importer.emit(.unary(.log), [sum], for: node)
    },
    "ReduceLogSumExp": ONNXOperator(1...2, logSumExp),
    "CumSum": ONNXOperator(2) { importer, node in
      let isExclusive = try node.attributes.flag("exclusive")
      let isReversed = try node.attributes.flag("reverse")
      try importer.emit(.cumulativeSum(isExclusive: isExclusive, isReversed: isReversed), node.inputs, for: node)
    },
  ]

  private static func reduction(_ reduction: Reduction) -> ONNXOperator {
    ONNXOperator(1...2) { importer, node in
      let arguments = try importer.reductionArguments(of: node)
      if arguments.reducesNothing { return try importer.emit(.identity, [node.inputs[0]], for: node) }
      let operation = Operation.reduce(reduction, keepsDimensions: arguments.keepsDimensions)
      try importer.emit(operation, [node.inputs[0], arguments.axes], for: node)
    }
  }

  /// With the maximum taken out first, so that the exponentials stay finite.
  @Sendable private static func logSumExp(_ importer: inout ONNXImporter, _ node: ONNXNode) throws {
    let arguments = try importer.reductionArguments(of: node)
    let reduced = [node.inputs[0], arguments.axes]
    let peak = importer.step(.reduce(.max, keepsDimensions: true), reduced, of: node)
    let difference = importer.step(.binary(.subtract), [node.inputs[0], peak], of: node)
    let exponential = importer.step(.unary(.exp), [difference], of: node)
    let sum = importer.step(
      .reduce(.sum, keepsDimensions: arguments.keepsDimensions), [exponential, arguments.axes], of: node)
    let logarithm = importer.step(.unary(.log), [sum], of: node)
    let offset = importer.step(.reduce(.max, keepsDimensions: arguments.keepsDimensions), reduced, of: node)
    try importer.emit(.binary(.add), [logarithm, offset], for: node)
  }
}

private struct ReductionArguments {
  var axes: Graph.ValueID
  var keepsDimensions: Bool
  /// Without axes, where the node says that this means none instead of all.
  var reducesNothing: Bool
}

extension ONNXImporter {
  /// The axes became an input with operator set 13 (sum) and 18 (the others); files of either kind are taken.
  fileprivate mutating func reductionArguments(of node: ONNXNode) throws -> ReductionArguments {
    let keepsDimensions = try node.attributes.flag("keepdims", true)
    let emptyMeansNone = try node.attributes.flag("noop_with_empty_axes")
    var axes = node.optionalInput(1)
    if let constant = constant(of: axes), constant.count == 0 { axes = Graph.Node.absent }
    if let listed = try node.attributes.ints("axes"), !listed.isEmpty { axes = self.constant(listed) }
    return ReductionArguments(
      axes: axes, keepsDimensions: keepsDimensions, reducesNothing: emptyMeansNone && axes == Graph.Node.absent)
  }
}
