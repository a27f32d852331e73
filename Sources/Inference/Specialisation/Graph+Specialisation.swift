extension Graph {
  /// The graph for inputs of exactly `inputShapes`, in the order of `inputs`.
  ///
  /// Infers the type of every value, folds what depends on constants and shapes only, and drops nodes that do not
  /// contribute to an output.
  ///
  /// - Throws: `InferenceError` that names the node or input where something does not fit, is not supported or would
  ///   not fit in memory.
  public func specialised(inputShapes: [[Int]]) throws -> SpecialisedGraph {
    var graph = try validated()
    graph.removeDeadNodes()
    var types = graph.values.map { $0.constant?.type }
    try graph.bind(inputShapes, to: &types)
    var remaining: [Node] = []
    for var node in graph.nodes {
      let operands = Operands(
        node.inputs.map { value in
          guard value != Node.absent, let type = types[value] else { return nil }
          return Operands.Operand(type: type, value: graph.values[value].constant)
        })
      // One input whose type hangs on the data makes the results do so too.
      guard node.inputs.allSatisfy({ $0 == Node.absent || types[$0] != nil }) else {
        remaining.append(node)
        continue
      }
      do {
        try node.naming {
          node.operation = try node.operation.canonical(operands)
          let results = try node.operation.outputTypes(operands, outputCount: node.outputs.count)
          guard results.count == node.outputs.count else {
            throw InferenceError(.invalidGraph, "gives \(results.count) results, not \(node.outputs.count)")
          }
          for (output, type) in zip(node.outputs, results) { types[output] = type }
        }
      } catch is Operands.DataDependent {
        remaining.append(node)
        continue
      }
      if let folded = try graph.folded(node, operands) {
        for (output, tensor) in zip(node.outputs, folded) { graph.values[output].constant = tensor }
      } else {
        remaining.append(node)
      }
    }
    graph.nodes = remaining
    graph.removeDeadNodes()
    graph.dropUnusedConstants()
    return SpecialisedGraph(graph: graph, types: types)
  }

  /// The results of a node that depends on nothing but constants and shapes, if computing them ahead is worth it.
  private func folded(_ node: Node, _ operands: Operands) throws -> [Tensor]? {
    if case .shape(let start, let end) = node.operation, let type = operands.optionalType(0) {
      let range = shapeRange(of: type.shape, start: start, end: end)
      return [Tensor(shape: [range.count], range.map(Int64.init))]
    }
    let inputs = operands.all.map { $0?.value }
    guard operands.all.allSatisfy({ $0 == nil || $0?.value != nil }) else { return nil }
    return try node.folded(inputs)
  }

  private func bind(_ inputShapes: [[Int]], to types: inout [TensorType?]) throws {
    guard inputShapes.count == inputs.count else {
      throw InferenceError(
        .invalidInput, "the network has \(inputs.count) inputs, \(inputShapes.count) shapes were given")
    }
    for (input, shape) in zip(inputs, inputShapes) {
      let fits = shape.count == input.shape.count && zip(shape, input.shape).allSatisfy { $1 == nil || $0 == $1 }
      guard fits, shape.allSatisfy({ $0 > 0 }) else {
        let expected = input.shape.map { $0.map(String.init) ?? "?" }.joined(separator: "×")
        let given = shape.map(String.init).joined(separator: "×")
        throw InferenceError(
          .invalidInput, "input '\(values[input.value].name)' cannot be \(given); the network takes \(expected)")
      }
      do {
        types[input.value] = try TensorType(shape, input.elementType).checked()
      } catch let error as InferenceError {
        throw InferenceError(.invalidInput, "input '\(values[input.value].name)' \(error.message)")
      }
    }
  }

  /// Removes nodes none of whose results lead to an output.
  mutating func removeDeadNodes() {
    var needed = Set(outputs)
    var kept: [Node] = []
    for node in nodes.reversed() where node.outputs.contains(where: needed.contains) {
      kept.append(node)
      needed.formUnion(node.inputs)
    }
    nodes = kept.reversed()
  }

  /// Forgets constants that no node reads, so that weights are not held for nothing.
  mutating func dropUnusedConstants() {
    let read = Set(nodes.flatMap(\.inputs)).union(outputs)
    for id in values.indices where values[id].constant != nil && !read.contains(id) {
      values[id].constant = nil
    }
  }
}
