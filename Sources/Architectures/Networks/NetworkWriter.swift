internal import Inference

/// Writes the graph of a published network layer by layer, under the names that its checkpoints have for the tensors.
package struct NetworkWriter {
  var builder = GraphBuilder()
  /// What batch normalisations add to the variance.
  var normEpsilon: Float = 1e-5
  private var parameters: [String: NetworkBlueprint.Parameter] = [:]
  /// Put before the names of tensors.
  private var prefix = ""

  /// A constant that the checkpoint holds under `name`; the same one wherever it is asked for.
  mutating func parameter(_ name: String, _ shape: [Int]) -> Graph.ValueID {
    let name = prefix + name
    if let known = parameters[name], known.shape == shape { return known.value }
    let value = builder.constant(Tensor(shape: [0], [Float]()), name: name)
    parameters[name] = .init(value: value, shape: shape)
    return value
  }

  /// Writes a part whose tensors all begin with `name` and a full stop.
  mutating func part<R>(_ name: String, _ write: (inout NetworkWriter) throws -> R) rethrows -> R {
    let outer = prefix
    prefix += name + "."
    defer { prefix = outer }
    return try write(&self)
  }

  /// One node with one result.
  mutating func node(_ operation: Operation, _ inputs: [Graph.ValueID]) -> Graph.ValueID {
    builder.node(operation, inputs, name: prefix.isEmpty ? "" : String(prefix.dropLast()))[0]
  }

  mutating func integers(_ values: [Int]) -> Graph.ValueID {
    builder.constant(Tensor(shape: [values.count], values.map(Int64.init)))
  }

  mutating func scalar(_ value: Float) -> Graph.ValueID {
    builder.constant(Tensor(shape: [], [value]))
  }

  /// What was written. Checkpoints may use the names of `renamings`.
  func blueprint(renamings: [CheckpointRenaming]) -> NetworkBlueprint {
    NetworkBlueprint(graph: builder.graph, parameters: parameters, renamings: renamings)
  }
}
