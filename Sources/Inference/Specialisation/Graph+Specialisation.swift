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
    var allowance = FoldingAllowance(graph)
    var reads = graph.readCounts()
    for var node in graph.nodes {
      let operands = Operands(
        node.inputs.map { value in
          guard value != Node.absent, let type = types[value] else { return nil }
          return Operands.Operand(type: type, value: graph.values[value].constant)
        })
      // One input whose type depends on the data makes the results do so too.
      guard node.inputs.allSatisfy({ $0 == Node.absent || types[$0] != nil }) else {
        remaining.append(node)
        continue
      }
      do {
        try node.naming {
          node.operation = try node.operation.canonical(operands)
          let results = try node.operation.outputTypes(operands, outputCount: node.outputs.count)
          for (output, type) in zip(node.outputs, results) { types[output] = type }
        }
      } catch is Operands.DataDependent {
        // What depends on known data only is known all the same.
      }
      if let folded = try graph.folded(node, operands, reads, &allowance) {
        for (output, tensor) in zip(node.outputs, folded) {
          graph.values[output].constant = tensor
          types[output] = tensor.type
        }
        for value in node.inputs where value != Node.absent {
          reads[value] -= 1
          if reads[value] == 0 { graph.values[value].constant = nil }
        }
      } else {
        remaining.append(node)
      }
    }
    graph.nodes = remaining
    graph.removeDeadNodes()
    graph.dropUnusedConstants()
    let specialised = SpecialisedGraph(graph: graph, types: types)
    try specialised.checkMemory()
    return specialised
  }

  /// The results of a node that depends on nothing but constants and shapes, if computing them ahead is worth it.
  private func folded(
    _ node: Node, _ operands: Operands, _ reads: [Int], _ allowance: inout FoldingAllowance
  ) throws -> [Tensor]? {
    if case .shape = node.operation { return try node.operation.rules.evaluate(operands, []) }
    guard operands.all.allSatisfy({ $0 == nil || $0?.value != nil }) else { return nil }
    let released = Set(
      node.inputs.filter { value in
        value != Node.absent && reads[value] == node.inputs.count { $0 == value }
      })
    return try node.folded(operands.all.map { $0?.value }, releasing: released, &allowance)
  }

  /// How often each value is read, by nodes and as a result.
  private func readCounts() -> [Int] {
    var counts = values.map { _ in 0 }
    for value in nodes.flatMap(\.inputs) + outputs where value != Node.absent { counts[value] += 1 }
    return counts
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
