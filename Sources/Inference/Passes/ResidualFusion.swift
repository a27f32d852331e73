/// Lets a convolution add the other operand of the sum that follows it. Of two convolutions the later one takes the
/// earlier one's result.
struct ResidualFusion: GraphPass {
  func run(_ editor: inout GraphEditor) {
    editor.forEachNode { editor, index in
      let sum = editor.node(index)
      guard sum.operation == .binary(.add), let type = editor.types[sum.outputs[0]], sum.inputs[0] != sum.inputs[1],
        sum.inputs.allSatisfy({ editor.types[$0] == type })
      else { return }
      let candidates = sum.inputs.filter { canTakeResidual($0, editor) }
      guard let value = candidates.max(by: { editor.producer(of: $0) ?? -1 < editor.producer(of: $1) ?? -1 }),
        let producer = editor.producer(of: value)
      else { return }
      var node = editor.node(producer)
      node.inputs += Array(repeating: Graph.Node.absent, count: max(0, 4 - node.inputs.count))
      node.inputs[3] = sum.inputs[0] == value ? sum.inputs[1] : sum.inputs[0]
      editor.merge(producer, into: index, as: node)
    }
  }

  private func canTakeResidual(_ value: Graph.ValueID, _ editor: GraphEditor) -> Bool {
    guard editor.hasOneReader(value), let producer = editor.producer(of: value) else { return false }
    let node = editor.node(producer)
    guard node.inputs.count < 4 || node.inputs[3] == Graph.Node.absent else { return false }
    switch node.operation {
    case .convolution(let convolution), .transposedConvolution(let convolution): return convolution.activation == nil
    default: return false
    }
  }
}
