/// A graph on a backend, compiled on first use for each set of input shapes and kept.
///
/// Not thread safe: one owner runs it.
public final class Network {
  public let graph: Graph
  public let backend: any Backend
  public let options: CompileOptions
  private var compiled: [[[Int]]: any CompiledNetwork] = [:]

  public init(_ graph: Graph, backend: any Backend, options: CompileOptions) {
    self.graph = graph
    self.backend = backend
    self.options = options
  }

  /// Inputs in the order of `graph.inputs`, results in the order of `graph.outputs`.
  public func run(_ inputs: [Tensor]) throws -> [Tensor] {
    let shapes = inputs.map(\.shape)
    if let network = compiled[shapes] {
      return try network.run(inputs)
    }
    let network = try backend.compile(graph, inputShapes: shapes, options: options)
    compiled[shapes] = network
    return try network.run(inputs)
  }
}
