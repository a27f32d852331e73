/// Hands zero padding of the image to the convolution that follows.
struct PaddingFolding: GraphPass {
  func run(_ editor: inout GraphEditor) {
    editor.forEachNode { editor, index in
      var node = editor.node(index)
      guard case .convolution(var convolution) = node.operation, convolution.autoPad == .notSet,
        convolution.padding.count == 4, let producer = editor.producer(of: node.inputs[0]),
        let padding = imagePadding(editor.node(producer), editor)
      else { return }
      let sums = zip(convolution.padding, padding).map { $0.addingReportingOverflow($1) }
      guard sums.allSatisfy({ !$0.overflow }) else { return }
      convolution.padding = sums.map(\.partialValue)
      node.operation = .convolution(convolution)
      node.inputs[0] = editor.node(producer).inputs[0]
      editor.replace(index, with: node)
    }
  }

  /// Top, left, bottom, right of a node that pads height and width with zeros and nothing else.
  private func imagePadding(_ node: Graph.Node, _ editor: GraphEditor) -> [Int]? {
    guard case .pad(.constant) = node.operation, node.inputs.count >= 2,
      let pads = editor.integers(node.inputs[1]), pads.allSatisfy({ $0 >= 0 })
    else { return nil }
    if node.inputs.count > 2, node.inputs[2] != Graph.Node.absent, editor.scalar(node.inputs[2]) != 0 { return nil }
    var axes = [0, 1, 2, 3]
    if node.inputs.count > 3, node.inputs[3] != Graph.Node.absent {
      guard let given = editor.integers(node.inputs[3]), given.allSatisfy({ (-4..<4).contains($0) }) else { return nil }
      axes = given.map { $0 < 0 ? $0 + 4 : $0 }
    }
    guard pads.count == 2 * axes.count, Set(axes).count == axes.count else { return nil }
    var (before, after) = ([0, 0, 0, 0], [0, 0, 0, 0])
    for (position, axis) in axes.enumerated() {
      before[axis] = pads[position]
      after[axis] = pads[position + axes.count]
    }
    guard before[..<2].allSatisfy({ $0 == 0 }), after[..<2].allSatisfy({ $0 == 0 }) else { return nil }
    return Array(before[2...] + after[2...])
  }
}
