/// Writes a graph node by node, in the vocabulary of the papers. Used by the architectures and by importers.
public struct GraphBuilder {
  public typealias ValueID = Graph.ValueID

  public private(set) var graph = Graph()

  public init() {}

  public mutating func input(_ name: String, shape: [Int?]) -> ValueID {
    let value = addValue(name)
    graph.inputs.append(.init(value: value, shape: shape))
    return value
  }

  public mutating func constant(_ tensor: Tensor, name: String = "") -> ValueID {
    addValue(name, constant: tensor)
  }

  /// Appends a node; `outputNames` gives as many outputs as names.
  public mutating func node(
    _ operation: Operation, _ inputs: [ValueID], name: String = "", outputNames: [String] = [""]
  ) -> [ValueID] {
    let outputs = outputNames.map { addValue($0) }
    graph.nodes.append(.init(name: name, operation: operation, inputs: inputs, outputs: outputs))
    return outputs
  }

  /// Marks a value as a result of the network, under `name`.
  public mutating func output(_ value: ValueID, name: String) {
    graph.values[value].name = name
    graph.outputs.append(value)
  }

  private mutating func addValue(_ name: String, constant: Tensor? = nil) -> ValueID {
    let id = graph.values.count
    graph.values.append(.init(name: name.isEmpty ? "%\(id)" : name, constant: constant))
    return id
  }
}
