/// Joins a quantisation and its undoing, as files of quantised networks have them before every layer, to one rounding of
/// floats. Those of weights are constants already; the layers then compute in floats what the file says.
struct QuantizationFolding: GraphPass {
  func run(_ editor: inout GraphEditor) {
    /// By the node that quantises: what was made of it for the first that undoes it.
    var rounded: [Int: Graph.ValueID] = [:]
    editor.forEachNode { editor, index in
      let node = editor.node(index)
      guard node.operation.as(DequantizeLinear.self) != nil, let producer = editor.producer(of: node.inputs[0]),
        let operation = grid(editor.node(producer), node, editor)
      else { return }
      let source = editor.node(producer).inputs[0]
      if let same = rounded[producer] {
        editor.replace(
          index, with: .init(name: node.name, operation: .identity, inputs: [same], outputs: node.outputs))
        editor.bypass(index)
      } else {
        editor.replace(
          index, with: .init(name: node.name, operation: operation, inputs: [source], outputs: node.outputs))
        rounded[producer] = node.outputs[0]
      }
    }
  }

  /// Where both nodes have the same scale and zero point, one number each.
  private func grid(_ quantizing: Graph.Node, _ node: Graph.Node, _ editor: GraphEditor) -> Operation? {
    guard let rules = quantizing.operation.as(QuantizeLinear.self), let scale = editor.scalar(quantizing.inputs[1]),
      scale == editor.scalar(node.inputs[1]), scale > 0, scale.isFinite,
      let zero = zeroPoint(quantizing, editor), zero == zeroPoint(node, editor)
    else { return nil }
    return .roundToGrid(
      QuantizationGrid(scale: scale, low: Float(rules.range.low - zero), high: Float(rules.range.high - zero)))
  }

  /// nil where it is not known, or beyond what a float counts exactly.
  private func zeroPoint(_ node: Graph.Node, _ editor: GraphEditor) -> Int? {
    guard node.inputs.count > 2, node.inputs[2] != Graph.Node.absent else { return 0 }
    guard let values = editor.integers(node.inputs[2]), values.count == 1, values[0].magnitude <= 1 << 20 else {
      return nil
    }
    return values[0]
  }
}
