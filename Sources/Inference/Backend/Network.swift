/// A graph on a backend, compiled on first use for each set of input shapes and kept while it is among the latest used.
///
/// Not thread safe: one owner runs it.
public final class Network {
  public let graph: Graph
  public let backend: any Backend
  public let options: CompileOptions
  /// Sets of input shapes that stay compiled.
  public var keptShapes = Int.max
  /// The latest used last.
  private var compiled: [(shapes: [[Int]], network: any CompiledNetwork)] = []

  public init(_ graph: Graph, backend: any Backend, options: CompileOptions) {
    self.graph = graph
    self.backend = backend
    self.options = options
  }

  /// Inputs in the order of `graph.inputs`, results in the order of `graph.outputs`.
  public func run(_ inputs: [Tensor]) throws -> [Tensor] {
    let shapes = inputs.map(\.shape)
    if let index = compiled.firstIndex(where: { $0.shapes == shapes }) {
      compiled.append(compiled.remove(at: index))
    } else {
      compiled.removeFirst(max(0, compiled.count + 1 - keptShapes))
      compiled.append((shapes, try backend.compile(graph, inputShapes: shapes, options: options)))
    }
    return try compiled[compiled.count - 1].network.run(inputs)
  }
}
