#if OneDNN

internal import Inference

extension SpecialisedGraph {
  /// The graph whose concatenations give every part blocks of its own where nothing but convolutions reads the result: what
  /// fills up the blocks are channels to them, with weights of zero, and nothing needs to be moved.
  func concatenatingBlocks(of block: Int) throws -> SpecialisedGraph {
    var filled = self
    for node in graph.nodes where node.operation == .concatenate(axis: 1) {
      let result = node.outputs[0]
      guard !JoinedImages.canJoin(node, types, block: block), node.inputs.allSatisfy({ types[$0]?.isImage ?? false }),
        !graph.outputs.contains(result)
      else { continue }
      let readers = graph.nodes.indices.filter { graph.nodes[$0].inputs.contains(result) }
      guard readers.allSatisfy({ isConvolution(graph.nodes[$0], over: result) }) else { continue }
      let parts = node.inputs.map { value in
        (channels: types[value]!.shape[1], room: JoinedImages.blocks(of: value, types, block) * block)
      }
      for index in readers {
        let weights = try graph.values[graph.nodes[index].inputs[1]].constant!.loaded()
        let larger = try weights.spread(over: parts)
        filled.graph.nodes[index].inputs[1] = filled.graph.values.count
        filled.graph.values.append(.init(name: "\(graph.nodes[index].name).weight", constant: larger))
        filled.types.append(TensorType(larger.shape))
        filled.types[result]!.shape[1] = larger.shape[1]
      }
    }
    return filled
  }

  private func isConvolution(_ node: Graph.Node, over value: Graph.ValueID) -> Bool {
    guard case .convolution(let convolution) = node.operation, convolution.groups == 1 else { return false }
    return node.inputs[0] == value && !node.inputs.dropFirst().contains(value)
      && node.inputs[1..<min(3, node.inputs.count)].allSatisfy {
        $0 == Graph.Node.absent || graph.values[$0].constant != nil
      }
  }
}

extension Tensor {
  /// Weights (O × I × kH × kW) whose inputs are the channels of the parts, with zeros after those of each part up to its room.
  fileprivate func spread(over parts: [(channels: Int, room: Int)]) throws -> Tensor {
    let (inputs, area) = (parts.reduce(0) { $0 + $1.room }, shape[2] * shape[3])
    return try Tensor(shape: [shape[0], inputs, shape[2], shape[3]]) { result in
      result.initialize(repeating: 0)
      withFloats { weights in
        var (from, to) = (0, 0)
        for _ in 0..<shape[0] {
          for (channels, room) in parts {
            for i in 0..<channels * area { result[to + i] = weights[from + i] }
            from += channels * area
            to += room * area
          }
        }
      }
    }
  }
}

#endif
