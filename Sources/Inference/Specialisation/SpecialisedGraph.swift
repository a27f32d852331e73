/// A graph for fixed input shapes: operations in canonical form (explicit padding, axes counted from the front),
/// everything that does not depend on the inputs folded to constants, and the type of every value known.
public struct SpecialisedGraph: Sendable {
  public var graph: Graph
  /// By value; nil where the shape depends on the data, such as the result of non-maximum suppression, and for values
  /// that nothing needs.
  public var types: [TensorType?]

  public init(graph: Graph, types: [TensorType?]) {
    self.graph = graph
    self.types = types
  }

  /// The inputs must be as many as the graph has, of the types that it was specialised for.
  public func check(_ inputs: [Tensor]) throws {
    guard inputs.count == graph.inputs.count else {
      throw InferenceError(
        .invalidInput, "the network has \(graph.inputs.count) inputs, \(inputs.count) tensors were given")
    }
    for (input, tensor) in zip(graph.inputs, inputs) where types[input.value] != tensor.type {
      let expected = types[input.value]?.description ?? "nothing"
      throw InferenceError(
        .invalidInput, "input '\(graph.values[input.value].name)' is \(tensor.type); expected \(expected)")
    }
  }
}

extension SpecialisedGraph {
  /// Whether the node computes the items along the first dimension independently of each other.
  public func keepsItemsApart(_ node: Graph.Node) -> Bool {
    node.operation.rules.keepsItemsApart(
      Operands(
        node.inputs.map { value in
          guard value != Graph.Node.absent, let type = types[value] else { return nil }
          return Operands.Operand(type: type, value: graph.values[value].constant)
        }))
  }
}

extension Graph.Node {
  /// Runs `body` and puts the name of the node before the message of what it throws.
  public func naming<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as InferenceError {
      throw InferenceError(error.code, "node '\(name)' (\(operation.name)): \(error.message)")
    }
  }
}
