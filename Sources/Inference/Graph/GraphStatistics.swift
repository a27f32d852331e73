/// What a network consists of and what it costs to run for given input shapes.
public struct GraphStatistics: Sendable, Encodable {
  public struct Port: Sendable, Encodable {
    public var name: String
    /// -1 where the shape depends on the data.
    public var shape: [Int]
  }

  public var inputs: [Port]
  public var outputs: [Port]
  /// Nodes after optimisation, by operation.
  public var operations: [String: Int]
  /// Numbers in constants.
  public var parameters: Int
  /// Of convolutions and matrix products, a multiply-add counted as two.
  public var floatingPointOperations: Int

  public init(_ graph: Graph, inputShapes: [[Int]]) throws {
    let prepared = try graph.prepared(inputShapes: inputShapes)
    let types = prepared.types
    func port(_ value: Graph.ValueID) -> Port {
      Port(name: prepared.graph.values[value].name, shape: types[value]?.shape ?? [-1])
    }
    inputs = prepared.graph.inputs.map { port($0.value) }
    outputs = prepared.graph.outputs.map(port)
    operations = [:]
    floatingPointOperations = 0
    for node in prepared.graph.nodes {
      operations[node.operation.name, default: 0] += 1
      floatingPointOperations += Self.cost(node, types)
    }
    parameters = graph.values.reduce(0) { $0 + ($1.constant?.count ?? 0) }
  }

  private static func cost(_ node: Graph.Node, _ types: [TensorType?]) -> Int {
    let operands = node.inputs.prefix(2).compactMap { $0 == Graph.Node.absent ? nil : types[$0] }
    guard let output = node.outputs.first.flatMap({ types[$0] }), operands.count == 2 else { return 0 }
    let (data, other) = (operands[0], operands[1])
    switch node.operation {
    case .convolution: return 2 * output.count * other.shape.dropFirst().reduce(1, *)
    case .transposedConvolution: return 2 * data.count * other.shape.dropFirst().reduce(1, *)
    case .gemm(_, _, let transposesA, _): return 2 * output.count * (data.shape[transposesA ? 0 : 1])
    case .matrixMultiply: return 2 * output.count * (data.shape.last ?? 0)
    default: return 0
    }
  }
}

extension GraphStatistics: CustomStringConvertible {
  public var description: String {
    func list(_ ports: [Port]) -> String {
      ports.map { "\($0.name) \($0.shape.map(String.init).joined(separator: "×"))" }.joined(separator: ", ")
    }
    let kinds = operations.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
    return """
      inputs      \(list(inputs))
      outputs     \(list(outputs))
      operations  \(kinds.joined(separator: ", "))
      parameters  \(Self.short(parameters, [(1e6, "M"), (1e3, "k")]))
      cost        \(Self.short(floatingPointOperations, [(1e9, "GFLOP"), (1e6, "MFLOP")]))
      """
  }

  /// With two decimals in the largest unit that fits.
  private static func short(_ number: Int, _ units: [(size: Double, name: String)]) -> String {
    guard let unit = units.first(where: { Double(number) >= $0.size }) else { return "\(number)" }
    let hundredths = Int((Double(number) / unit.size * 100).rounded())
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals) \(unit.name)"
  }
}
