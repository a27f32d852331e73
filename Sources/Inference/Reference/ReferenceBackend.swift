/// Runs every node with the reference kernels. Slow, and right by inspection.
public struct ReferenceBackend: Backend {
  public let name = "reference"
  public let resultsDependOnThreads = false

  public init() {}

  public func compile(
    _ graph: Graph, inputShapes: [[Int]], options: CompileOptions
  ) throws -> any CompiledNetwork {
    guard options.precision == .f32 else {
      throw InferenceError(
        .unsupported, "the reference backend computes in f32 only; use --precision f32 or --backend onednn")
    }
    var specialised = try graph.specialised(inputShapes: inputShapes)
    // Every run reads the weights where they are.
    for value in specialised.graph.values.indices {
      specialised.graph.values[value].constant = try specialised.graph.values[value].constant?.loaded()
    }
    return ReferenceNetwork(specialised)
  }
}

private final class ReferenceNetwork: CompiledNetwork {
  let specialised: SpecialisedGraph
  /// For each node, the values that nobody reads after it.
  let lastUses: [[Graph.ValueID]]
  let rooms: [DynamicRoom]

  init(_ specialised: SpecialisedGraph) {
    self.specialised = specialised
    lastUses = specialised.graph.lastUses()
    rooms = specialised.graph.nodes.map { DynamicRoom(specialised, for: $0) }
  }

  func run(_ inputs: [Tensor]) throws -> [Tensor] {
    let graph = specialised.graph
    try specialised.check(inputs)
    var tensors = graph.values.map(\.constant)
    for (input, tensor) in zip(graph.inputs, inputs) { tensors[input.value] = tensor }
    for (index, node) in graph.nodes.enumerated() {
      let operands = node.inputs.map { $0 == Graph.Node.absent ? nil : tensors[$0] }
      let results = try node.naming {
        try ReferenceKernels.evaluate(
          node.operation, operands, outputCount: node.outputs.count, byteLimit: rooms[index].rest { tensors[$0] })
      }
      for (output, result) in zip(node.outputs, results) { tensors[output] = result }
      for value in lastUses[index] { tensors[value] = nil }
    }
    return graph.outputs.compactMap { tensors[$0] }
  }
}
