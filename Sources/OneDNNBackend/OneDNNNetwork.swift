#if OneDNN

internal import COneDNN
internal import Foundation
internal import Inference

/// A compiled network: runners that each take a part of the batch.
final class OneDNNNetwork: CompiledNetwork {
  private let specialised: SpecialisedGraph
  private let threads: Int
  /// Each runs on one thread, all at once.
  private var shards: [Runner] = []
  /// Takes the items that are left over, on all threads.
  private var rest: Runner?

  init(_ specialised: SpecialisedGraph, of graph: Graph, options: CompileOptions, weights: WeightStore) throws {
    self.specialised = specialised
    threads = max(1, options.threads)
    let division = BatchDivision(specialised, of: graph, threads: threads)
    let kernels = KernelChooser()
    if let part = division.shard {
      odnn_set_threads(1)
      let program = try Lowering.program(part, options: options, threads: 1, kernels: kernels, weights: weights)
      shards = try (0..<threads).map { _ in try Runner(program) }
    }
    if let part = division.rest {
      odnn_set_threads(Int32(threads))
      let program = try Lowering.program(part, options: options, threads: threads, kernels: kernels, weights: weights)
      rest = try Runner(program)
    }
  }

  func run(_ inputs: [Tensor]) throws -> [Tensor] {
    try specialised.check(inputs)
    if shards.isEmpty, let rest {
      odnn_set_threads(Int32(threads))
      return try rest.run(inputs)
    }
    let batch = inputs[0].shape[0]
    let size = batch / threads
    let results = try runShards(inputs, size: size)
    guard let rest else { return Tensor.stacked(results) }
    odnn_set_threads(Int32(threads))
    return Tensor.stacked(results + [try rest.run(inputs.map { $0.items(size * threads..<batch) })])
  }

  private func runShards(_ inputs: [Tensor], size: Int) throws -> [[Tensor]] {
    // Every iteration touches its own runner and its own result.
    nonisolated(unsafe) let shards = shards
    nonisolated(unsafe) var results: [Result<[Tensor], any Error>] = Array(repeating: .success([]), count: shards.count)
    results.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let buffer = buffer
      DispatchQueue.concurrentPerform(iterations: shards.count) { index in
        odnn_set_threads(1)
        buffer[index] = Result {
          try shards[index].run(inputs.map { $0.items(index * size..<(index + 1) * size) })
        }
      }
    }
    return try results.map { try $0.get() }
  }
}

#endif
