/// Removes nodes that hand their input on unchanged.
struct IdentityRemoval: GraphPass {
  func run(_ editor: inout GraphEditor) {
    editor.forEachNode { editor, index in
      if changesNothing(editor.node(index), editor) { editor.bypass(index) }
    }
  }

  private func changesNothing(_ node: Graph.Node, _ editor: GraphEditor) -> Bool {
    switch node.operation {
    case .identity: return true
    case .concatenate: return node.inputs.count == 1
    case .transpose(let permutation): return !permutation.isEmpty && permutation == Array(permutation.indices)
    case .reshape, .flatten, .squeeze, .unsqueeze, .expand, .cast, .tile:
      guard let type = editor.types[node.inputs[0]] else { return false }
      return type == editor.types[node.outputs[0]]
    case .pad:
      return node.inputs.count > 1 && editor.integers(node.inputs[1])?.allSatisfy { $0 == 0 } == true
    case .slice:
      guard node.inputs.count < 5 || editor.integers(node.inputs[4])?.allSatisfy({ $0 == 1 }) == true,
        let type = editor.types[node.inputs[0]]
      else { return false }
      return type == editor.types[node.outputs[0]]
    case .binary(let function):
      switch function {
      case .multiply, .divide: return editor.scalar(node.inputs[1]) == 1
      case .add, .subtract: return editor.scalar(node.inputs[1]) == 0
      case .power: return editor.scalar(node.inputs[1]) == 1
      default: return false
      }
    default: return false
    }
  }
}
