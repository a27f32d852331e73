/// Computes nodes that read nothing but constants.
struct ConstantFolding: GraphPass {
  func run(_ editor: inout GraphEditor) throws {
    var allowance = FoldingAllowance(editor.graph)
    try editor.forEachNode { editor, index in
      let node = editor.node(index)
      let inputs = node.inputs.map(editor.constant)
      let known = zip(node.inputs, inputs).allSatisfy { $0 == Graph.Node.absent || $1 != nil }
      let released = Set(node.inputs.filter { editor.isReadOnly(by: node, $0) })
      guard known, let results = try node.folded(inputs, releasing: released, &allowance) else { return }
      for (value, tensor) in zip(node.outputs, results) { editor.setConstant(value, tensor) }
      editor.remove(index)
    }
  }
}

/// How much may be computed ahead, all nodes together: a file can declare huge tensors, and much work, in a few bytes.
/// What goes beyond is computed in every run, where its memory is counted with all other.
struct FoldingAllowance {
  /// Bytes that may be held beside what the file holds.
  private var memory: Int
  /// Numbers to go over.
  private var work = 1 << 33
  /// Bytes by which the results of one node may be larger than what it reads.
  private static let growthOfOneNode = 8 << 20

  init(_ graph: Graph) {
    memory = (64 << 20) + 2 * graph.values.reduce(0) { $0 + ($1.constant?.type.byteCount ?? 0) }
  }

  /// - Parameters:
  ///   - read: bytes of the inputs.
  ///   - released: bytes of those inputs that nobody else reads.
  fileprivate mutating func covers(_ results: [TensorType], read: Int, released: Int, work: Int) -> Bool {
    let made = results.reduce(0) { $0 + $1.byteCount }
    guard made - read <= Self.growthOfOneNode, made - released <= memory, work <= self.work else { return false }
    memory -= made - released
    self.work -= work
    return true
  }
}

extension Graph.Node {
  /// The node's results for known inputs, or nil where computing them ahead is not worth the time or the memory.
  ///
  /// - Parameter released: inputs that nobody else reads.
  func folded(
    _ inputs: [Tensor?], releasing released: Set<Graph.ValueID>, _ allowance: inout FoldingAllowance
  ) throws -> [Tensor]? {
    try naming {
      let operands = Operands(inputs)
      let canonical = try operation.canonical(operands)
      var types: [TensorType]
      do {
        types = try canonical.outputTypes(operands, outputCount: outputs.count)
      } catch is Operands.DataDependent {
        // The positions of what is not 0: as many as there are elements at most, with a number an axis.
        types = inputs.compactMap { $0.map { TensorType([$0.shape.count, $0.count], .int64) } }
      }
      let sizes = Dictionary(zip(self.inputs, inputs.map { $0?.type.byteCount ?? 0 }), uniquingKeysWith: max)
      let isCovered = allowance.covers(
        types, read: sizes.values.reduce(0, +), released: released.reduce(0) { $0 + (sizes[$1] ?? 0) },
        work: canonical.rules.work(operands, types))
      guard isCovered else { return nil }
      return try ReferenceKernels.evaluate(operation, inputs.map { try $0?.loaded() }, outputCount: outputs.count)
    }
  }
}
