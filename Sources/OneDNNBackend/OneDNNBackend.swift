#if OneDNN

internal import CKernels
private import COneDNN
package import Inference

/// Runs networks with oneDNN: images in blocks of channels, bias, residual and activation fused into convolutions. Where they
/// are faster, convolutions of our own take the place of oneDNN's (`CKBlocks.h`).
///
/// Batches of at least as many items as threads are divided into shards that run side by side on one thread each, from
/// the first layer to the last: no thread waits for another within a run.
package struct OneDNNBackend: Backend {
  package let name = "onednn"
  /// Shards of other sizes may take other kernels.
  package let resultsDependOnThreads = true
  package var library: String? { "oneDNN \(String(cString: odnn_version()))" }

  private let kernels: CKKernels
  private let weights = WeightStore()

  package init() {
    self.init(kernels: ck_kernels(ck_level()))
  }

  /// With these kernels of our own, perhaps of a lower level than the machine's; oneDNN chooses its own itself.
  init(kernels: CKKernels) {
    self.kernels = kernels
  }

  /// - Throws: `InferenceError` where the graph is not valid for the shapes, or the processor lacks the precision.
  package func compile(
    _ graph: Graph, inputShapes: [[Int]], options: CompileOptions
  ) throws -> any CompiledNetwork {
    guard options.precision != .bf16 || kernels.level.rawValue >= CKLevel.bf16.rawValue else {
      throw InferenceError(
        .unsupported, "this processor does not compute in bfloat16 (AVX512_BF16); use the precision f32")
    }
    let specialised = try graph.prepared(inputShapes: inputShapes)
    return try OneDNNNetwork(specialised, of: graph, options: options, kernels: kernels, weights: weights)
  }
}

#endif
