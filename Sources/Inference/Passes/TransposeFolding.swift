/// Joins two transpositions in a row into one, and removes what comes out as none.
struct TransposeFolding: GraphPass {
  func run(_ editor: inout GraphEditor) {
    editor.forEachNode { editor, index in
      var node = editor.node(index)
      guard case .transpose(let second) = node.operation, !second.isEmpty,
        let producer = editor.producer(of: node.inputs[0]),
        case .transpose(let first) = editor.node(producer).operation, first.count == second.count,
        second.allSatisfy(first.indices.contains)
      else { return }
      let joined = second.map { first[$0] }
      node.operation = .transpose(joined)
      node.inputs = editor.node(producer).inputs
      editor.replace(index, with: node)
      if joined == Array(joined.indices) { editor.bypass(index) }
    }
  }
}
