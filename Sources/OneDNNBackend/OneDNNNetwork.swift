#if OneDNN

internal import CKernels
internal import COneDNN
internal import Inference

/// A compiled network: for each pass over a part of the batch, as many runners as threads work side by side.
final class OneDNNNetwork: CompiledNetwork {
  private struct Pass {
    var runners: [Runner]
    var items: [Range<Int>]
    /// That work together in one runner.
    var threads: Int
  }

  private let specialised: SpecialisedGraph
  private let pool: ThreadPool
  private var passes: [Pass] = []

  init(
    _ specialised: SpecialisedGraph, of graph: Graph, options: CompileOptions, kernels: CKKernels, weights: WeightStore
  ) throws {
    self.specialised = specialised
    let threads = max(1, options.threads)
    pool = ThreadPool(count: threads)
    let chooser = KernelChooser(kernels: kernels)
    for pass in BatchDivision(specialised, of: graph, threads: threads).passes {
      let threadsOfRunner = threads / pass.runners
      odnn_set_threads(Int32(threadsOfRunner))
      let program = try Lowering.program(
        pass.graph, options: options, threads: threadsOfRunner, chooser: chooser, weights: weights)
      passes.append(
        Pass(
          runners: try (0..<pass.runners).map { _ in try Runner(program) }, items: pass.items,
          threads: threadsOfRunner))
      chooser.forgetPrimitives()
    }
  }

  func run(_ inputs: [Tensor]) throws -> [Tensor] {
    try specialised.check(inputs)
    if passes.count == 1, passes[0].items.count == 1 {
      odnn_set_threads(Int32(passes[0].threads))
      return try passes[0].runners[0].run(inputs)
    }
    return try Tensor.stacked(passes.flatMap { try run($0, inputs) })
  }

  private func run(_ pass: Pass, _ inputs: [Tensor]) throws -> [[Tensor]] {
    guard pass.runners.count > 1 else {
      odnn_set_threads(Int32(pass.threads))
      return try pass.items.map { items in try pass.runners[0].run(inputs.map { try $0.items(items) }) }
    }
    var results: [Result<[Tensor], any Error>] = Array(repeating: .success([]), count: pass.items.count)
    // Every thread has a runner of its own, and every run a result.
    results.withUnsafeMutableBufferPointer { results in
      pool.run(chunks: pass.items.count) { chunk, thread in
        odnn_set_threads(1)
        results[chunk] = Result { try pass.runners[thread].run(inputs.map { try $0.items(pass.items[chunk]) }) }
      }
    }
    return try results.map { try $0.get() }
  }
}

#endif
