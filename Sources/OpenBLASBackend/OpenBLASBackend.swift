internal import CKernels
public import Inference

/// Convolutions as matrix products on packed operands, matrix products by OpenBLAS, everything in plain N×C×H×W.
///
/// Convolutions pack their weights once and the pixels of each tile as they go ("implicit im2col": Chetlur et al.,
/// "cuDNN: Efficient Primitives for Deep Learning", 2014), which OpenBLAS, packing both operands anew in every call, has
/// no entry for; on large products both run at the processor's peak.
public struct OpenBLASBackend: Backend {
  public let name = "openblas"
  /// Bounds the vector width, so that tests reach the kernels of lesser processors; 0 does not.
  let maximumLanes: Int
  private let store = PackedStore()

  public init() {
    maximumLanes = 0
  }

  init(maximumLanes: Int) {
    self.maximumLanes = maximumLanes
  }

  public func compile(
    _ graph: Graph, inputShapes: [[Int]], options: CompileOptions
  ) throws -> any CompiledNetwork {
    guard options.precision == .f32 else {
      throw InferenceError(
        .unsupported, "the openblas backend computes in f32 only; use --precision f32 or --backend onednn")
    }
    return try OpenBLASNetwork(
      graph.prepared(inputShapes: inputShapes), options: options, maximumLanes: maximumLanes, store: store)
  }
}
