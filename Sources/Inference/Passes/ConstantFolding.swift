/// Computes nodes that read nothing but constants.
struct ConstantFolding: GraphPass {
  func run(_ editor: inout GraphEditor) throws {
    try editor.forEachNode { editor, index in
      let node = editor.node(index)
      let inputs = node.inputs.map(editor.constant)
      let known = zip(node.inputs, inputs).allSatisfy { $0 == Graph.Node.absent || $1 != nil }
      guard known, let results = try node.folded(inputs) else { return }
      for (value, tensor) in zip(node.outputs, results) { editor.setConstant(value, tensor) }
      editor.remove(index)
    }
  }
}

extension Graph.Node {
  /// The node's results for known inputs, or nil where computing them ahead is not worth the time or the memory: a file
  /// can declare huge tensors in a few bytes.
  func folded(_ inputs: [Tensor?]) throws -> [Tensor]? {
    switch operation {
    case .convolution, .transposedConvolution, .nonMaxSuppression: return nil
    default: break
    }
    return try naming {
      let operands = Operands(inputs)
      let types = try operation.canonical(operands).outputTypes(operands, outputCount: outputs.count)
      guard types.count == outputs.count else {
        throw InferenceError(.invalidGraph, "gives \(types.count) results, not \(outputs.count)")
      }
      let limit = max(1 << 20, inputs.reduce(0) { $0 + ($1?.count ?? 0) })
      guard types.allSatisfy({ $0.count <= limit }) else { return nil }
      return try ReferenceKernels.evaluate(operation, inputs.map { try $0?.loaded() }, outputCount: outputs.count)
    }
  }
}
