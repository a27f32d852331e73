#if OneDNN

internal import COneDNN
public import Inference

/// Runs networks with oneDNN: images in blocks of channels, bias, residual and activation fused into convolutions. Where they
/// are faster, convolutions of our own take the place of oneDNN's (`Winograd.h`, `TileConvolution.h`).
///
/// Batches of at least as many items as threads are divided into shards that run side by side on one thread each, from
/// the first layer to the last: no thread waits for another within a run.
public struct OneDNNBackend: Backend {
  public let name = "onednn"
  private let weights = WeightStore()

  public init() {}

  /// Whether the processor multiplies bfloat16, which `CompileOptions.Precision.bf16` needs.
  public static var supportsBF16: Bool { processor_has_bf16() }

  /// - Throws: `InferenceError` where the graph is not valid for the shapes, or the processor lacks the precision.
  public func compile(
    _ graph: Graph, inputShapes: [[Int]], options: CompileOptions
  ) throws -> any CompiledNetwork {
    guard options.precision != .bf16 || Self.supportsBF16 else {
      throw InferenceError(
        .unsupported, "this processor does not compute in bfloat16 (AVX512_BF16); use the precision f32")
    }
    let specialised = try graph.prepared(inputShapes: inputShapes)
    return try OneDNNNetwork(specialised, of: graph, options: options, weights: weights)
  }
}

#endif
