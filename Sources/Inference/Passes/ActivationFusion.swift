/// Lets a convolution apply the activation that follows it.
struct ActivationFusion: GraphPass {
  func run(_ editor: inout GraphEditor) {
    editor.forEachNode { editor, index in
      guard case .activation(let activation) = editor.node(index).operation,
        editor.hasOneReader(editor.node(index).inputs[0]),
        let producer = editor.producer(of: editor.node(index).inputs[0])
      else { return }
      var node = editor.node(producer)
      switch node.operation {
      case .convolution(var convolution) where convolution.activation == nil:
        convolution.activation = activation
        node.operation = .convolution(convolution)
      case .transposedConvolution(var convolution) where convolution.activation == nil:
        convolution.activation = activation
        node.operation = .transposedConvolution(convolution)
      default: return
      }
      editor.merge(producer, into: index, as: node)
    }
  }
}
