/// Joins products, and sums, with one number after another into one.
struct ScalarChainFolding: GraphPass {
  func run(_ editor: inout GraphEditor) {
    editor.forEachNode { editor, index in
      let node = editor.node(index)
      guard let outer = ScalarStep(node, editor), editor.hasOneReader(outer.value),
        let producer = editor.producer(of: outer.value),
        let inner = ScalarStep(editor.node(producer), editor), inner.isProduct == outer.isProduct
      else { return }
      let number = outer.isProduct ? inner.number * outer.number : inner.number + outer.number
      guard number.isFinite else { return }
      let constant = editor.addConstant(Tensor(shape: [], [number]), name: "\(node.name).scalar")
      let joined = Graph.Node(
        name: node.name, operation: .binary(outer.isProduct ? .multiply : .add), inputs: [inner.value, constant],
        outputs: node.outputs)
      editor.merge(producer, into: index, as: joined)
    }
  }
}

/// value · number or value + number, however it is written.
struct ScalarStep {
  var value: Graph.ValueID
  var number: Float
  var isProduct: Bool

  init?(_ node: Graph.Node, _ editor: GraphEditor) {
    guard case .binary(let function) = node.operation else { return nil }
    switch function {
    case .add, .multiply:
      guard let side = (0..<2).first(where: { editor.scalar(node.inputs[$0]) != nil }),
        let scalar = editor.scalar(node.inputs[side])
      else { return nil }
      (value, number) = (node.inputs[1 - side], scalar)
    case .subtract, .divide:
      guard let scalar = editor.scalar(node.inputs[1]) else { return nil }
      (value, number) = (node.inputs[0], function == .divide ? 1 / scalar : -scalar)
    default: return nil
    }
    isProduct = function == .multiply || function == .divide
  }
}
