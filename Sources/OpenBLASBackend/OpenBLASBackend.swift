internal import CKernels
private import COpenBLAS
package import Inference

/// Convolutions as matrix products on packed operands, matrix products by OpenBLAS, everything in plain N×C×H×W.
///
/// Convolutions pack their weights once and the pixels of each tile as they go ("implicit im2col": Chetlur et al.,
/// "cuDNN: Efficient Primitives for Deep Learning", 2014), which OpenBLAS, packing both operands anew in every call, has
/// no entry for; on large products both run at the processor's peak.
package struct OpenBLASBackend: Backend {
  package let name = "openblas"
  /// Threads share results, never the sum of one.
  package let resultsDependOnThreads = false
  package var library: String? {
    copenblas_configuration().map { String(cString: $0).split(separator: " ").prefix(2).joined(separator: " ") }
  }

  private let kernels: CKPlaneKernels
  private let store = PackedStore()

  /// - Throws: `InferenceError` where OpenBLAS is not installed.
  package init() throws {
    try self.init(kernels: ck_kernels(ck_level()))
  }

  /// With these kernels, perhaps of a lower level than the machine's.
  init(kernels: CKKernels) throws {
    if let fault = Self.fault { throw fault }
    self.kernels = kernels.planes
  }

  /// Why the library could not be loaded; nil once it is.
  private static let fault: InferenceError? = copenblas_load().map {
    InferenceError(
      .backend,
      "OpenBLAS is missing (\(String(cString: $0))): install it (on Debian the package libopenblas0) or choose another "
        + "--backend")
  }

  /// What the library reads from the environment while it is being loaded, and should find there unless somebody said
  /// otherwise. It starts no threads of its own; and where the processor has AVX-512 it uses its kernels for that, which
  /// versions older than the processor would not.
  package static var environment: [String: String] {
    ["OPENBLAS_NUM_THREADS": "1"].merging(
      ck_level().rawValue >= CKLevel.avx512.rawValue ? ["OPENBLAS_CORETYPE": "SkylakeX"] : [:]
    ) { $1 }
  }

  package func compile(
    _ graph: Graph, inputShapes: [[Int]], options: CompileOptions
  ) throws -> any CompiledNetwork {
    guard options.precision == .f32 else {
      throw InferenceError(
        .unsupported, "the openblas backend computes in f32 only; use --precision f32 or --backend onednn")
    }
    return try OpenBLASNetwork(
      graph.prepared(inputShapes: inputShapes), options: options, kernels: kernels, store: store)
  }
}
