internal import Inference
internal import Synchronization

/// A network in Swift, for tests of what happens around networks. Remembers the batch sizes it was run with.
final class StubBackend: Backend {
  let name = "stub"
  let resultsDependOnThreads = false
  private let body: @Sendable (Tensor) throws -> [Tensor]
  private let batches = Mutex<[Int]>([])
  private let compilations = Mutex(0)

  init(_ body: @escaping @Sendable (Tensor) throws -> [Tensor]) {
    self.body = body
  }

  var batchSizes: [Int] { batches.withLock { $0 } }

  var compiledCount: Int { compilations.withLock { $0 } }

  func compile(_ graph: Graph, inputShapes: [[Int]], options: CompileOptions) -> any CompiledNetwork {
    compilations.withLock { $0 += 1 }
    return Compiled(backend: self)
  }

  private final class Compiled: CompiledNetwork {
    let backend: StubBackend

    init(backend: StubBackend) {
      self.backend = backend
    }

    func run(_ inputs: [Tensor]) throws -> [Tensor] {
      backend.batches.withLock { $0.append(inputs[0].shape[0]) }
      return try backend.body(inputs[0])
    }
  }

  /// A network on this backend that takes pictures of one size, or of any.
  func network(batch: Int? = nil, width: Int?, height: Int?) -> Network {
    var builder = GraphBuilder()
    let input = builder.input("input", shape: [batch, 3, height, width])
    builder.output(builder.node(.identity, [input])[0], name: "output")
    return Network(builder.graph, backend: self, options: CompileOptions(threads: 1))
  }
}
