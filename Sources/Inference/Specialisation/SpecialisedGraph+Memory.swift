extension SpecialisedGraph {
  /// What values that are computed may take together, in bytes: in proportion to the weights and inputs, since a file can
  /// declare huge tensors in a few bytes.
  var byteLimit: Int {
    let constants = graph.values.reduce(0) { $0 + ($1.constant?.type.byteCount ?? 0) }
    let inputs = graph.inputs.reduce(0) { $0 + (types[$1.value]?.byteCount ?? 0) }
    return min(MemoryPlan.maximumByteCount, (1 << 30) + 64 * (constants + inputs))
  }

  /// Throws where the values that are alive at the same time take more than `byteLimit`. The error names the node that
  /// gives the largest of them.
  func checkMemory() throws {
    let (limit, buffers) = (byteLimit, MemoryPlan.buffers(of: self))
    // By node, from the inputs on.
    var changes = [Int](repeating: 0, count: graph.nodes.count + 3)
    for buffer in buffers {
      changes[buffer.first + 1] += buffer.byteCount
      changes[buffer.last + 2] -= buffer.byteCount
    }
    var total = 0
    for (step, change) in changes.enumerated() {
      total += change
      guard total > limit else { continue }
      let alive = buffers.filter { ($0.first...$0.last).contains(step - 1) && $0.first >= 0 }
      let largest = alive.max { $0.byteCount < $1.byteCount }
      let culprit = largest.map { graph.nodes[$0.first] }
      let name = culprit.map { "node '\($0.name)' (\($0.operation.name))" } ?? "the inputs"
      throw InferenceError(
        .unsupported,
        "\(name): with its result of \((largest?.byteCount ?? 0) >> 20) MB the network needs \(total >> 20) MB at once; "
          + "one with such weights and inputs may take \(limit >> 20) MB. Use a smaller batch or input size")
    }
  }
}

/// What the results of a node may take whose size depends on the data: what other such values leave of the network's limit.
/// Those whose types are known were counted when the graph was specialised.
public struct DynamicRoom: Sendable {
  private let byteLimit: Int
  private let values: [Graph.ValueID]

  public init(_ specialised: SpecialisedGraph, for node: Graph.Node) {
    let isDynamic = node.outputs.contains { specialised.types[$0] == nil }
    byteLimit = isDynamic ? specialised.byteLimit : .max
    values = isDynamic ? specialised.graph.nodes.flatMap(\.outputs).filter { specialised.types[$0] == nil } : []
  }

  /// In bytes. `tensor` gives the values that are in memory.
  public func rest(_ tensor: (Graph.ValueID) -> Tensor?) -> Int {
    byteLimit - values.reduce(0) { $0 + (tensor($1)?.type.byteCount ?? 0) }
  }
}
