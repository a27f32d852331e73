/// Folds sums, differences, products and quotients with one constant a channel into the convolution before.
struct ChannelFolding: GraphPass {
  func run(_ editor: inout GraphEditor) throws {
    try editor.forEachNode { editor, index in
      let node = editor.node(index)
      guard case .binary(let function) = node.operation else { return }
      for side in 0..<2 {
        guard let convolution = editor.scalableConvolution(giving: node.inputs[side]),
          let values = editor.channelVector(node.inputs[1 - side], channels: convolution.weights.outputChannels)
        else { continue }
        let zeros = values.map { _ in Float(0) }
        switch (function, side) {
        case (.add, _): try editor.fold(convolution, into: index, factors: nil, shifts: values)
        case (.subtract, 0): try editor.fold(convolution, into: index, factors: nil, shifts: values.map { -$0 })
        case (.subtract, 1): try editor.fold(convolution, into: index, factors: zeros.map { $0 - 1 }, shifts: values)
        case (.multiply, _): try editor.fold(convolution, into: index, factors: values, shifts: zeros)
        case (.divide, 0): try editor.fold(convolution, into: index, factors: values.map { 1 / $0 }, shifts: zeros)
        default: continue
        }
        return
      }
    }
  }
}
