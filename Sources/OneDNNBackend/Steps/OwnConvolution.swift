#if OneDNN

internal import CKernels
internal import Inference

/// A convolution that this package computes itself (see `CKConvolution.h`).
struct OwnConvolution {
  enum Method: Equatable {
    /// Tiles of so many results along each axis.
    case winograd(tile: Int)
    /// Products in registers.
    case direct
    /// The same for a kernel a channel.
    case depthwise
    /// From planes, into planes or blocks of channels.
    case planar(isPlain: Bool)
    /// Matrix tiles.
    case tiles
  }

  /// Where the results go when they are one phase of a larger image.
  struct Phase {
    var step = 1
    var row = 0
    var column = 0
  }

  /// Below this, waking a thread takes longer than the work it saves.
  private static let workOfPart = 1 << 18

  let method: Method
  private let convolver: CKConvolver
  private let problem: CKConvolution

  init(
    _ method: Method, _ request: Lowering.ConvolutionRequest, from source: [Int], phase: Phase, kernels: CKBlockKernels
  ) {
    self.method = method
    let (result, parameters) = (request.resultShape, request.parameters)
    func pair(_ sizes: [Int]) -> (Int, Int) { (sizes[0], sizes[1]) }
    var problem = CKConvolution(
      images: source[0], inputs: source[1], outputs: result[1], height: source[2], width: source[3],
      resultHeight: result[2], resultWidth: result[3], kernel: pair(request.kernel), strides: pair(parameters.strides),
      dilations: pair(parameters.dilations), top: parameters.padding[0], left: parameters.padding[1], step: phase.step,
      row: phase.row, column: phase.column, adds: request.residual != nil,
      addend: 0, activation: CKActivation(parameters.activation), tile: 0, isPlain: false)
    switch method {
    case .winograd(let tile):
      problem.tile = tile
      convolver = kernels.winograd
    case .direct: convolver = kernels.direct
    case .depthwise: convolver = kernels.depthwise
    case .planar(let isPlain):
      problem.isPlain = isPlain
      convolver = kernels.planar
    case .tiles: convolver = kernels.tiles
    }
    self.problem = problem
  }

  /// Weights are packed by their shape and the method, whatever the size of the tiles.
  func sharesWeights(with other: OwnConvolution) -> Bool {
    switch (method, other.method) {
    case (.winograd, .winograd): true
    default: method == other.method
    }
  }

  /// Whether it can add an image after the activation, for all of its results.
  var takesAddend: Bool {
    switch method {
    case .winograd, .direct, .depthwise: problem.step == 1
    case .planar, .tiles: false
    }
  }

  /// `weights`: O × I × kH × kW.
  func packed(_ weights: Tensor) throws -> AlignedMemory {
    try withUnsafePointer(to: problem) { problem in
      let memory = try AlignedMemory(byteCount: convolver.packed_size(problem))
      weights.withFloats { convolver.pack(problem, $0.baseAddress, memory.address) }
      return memory
    }
  }

  /// Bytes of scratch memory for each of several threads.
  func scratchByteCount(threads: Int) -> Int {
    withUnsafePointer(to: problem) { problem in
      let largest = (0..<threads).map { convolver.scratch_size(problem, $0, threads) }.max() ?? 0
      return (largest + 63) / 64 * 64
    }
  }

  /// About how many products it takes; what follows the sum of each result counts for some, and whole vectors are computed.
  private var work: Int {
    let results = problem.images * ((problem.outputs + 15) / 16 * 16) * problem.resultHeight * problem.resultWidth
    let channels = method == .depthwise ? 1 : problem.inputs
    return results * (channels * problem.kernel.0 * problem.kernel.1 + 32)
  }

  /// The work on `threads` threads, from a source. `addend`: in the memory of the result.
  func bound(
    weights: AlignedMemory, bias: AlignedMemory?, result: UnsafeMutableRawPointer, addend: UnsafeMutableRawPointer?,
    scratch: UnsafeMutableRawPointer, threads: Int
  ) -> (_ source: UnsafePointer<Float>) -> Void {
    var problem = problem
    if let addend { problem.addend = (addend - result) / MemoryLayout<Float>.stride }
    let scratchStride = scratchByteCount(threads: threads)
    func floats(_ address: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Float> {
      address.assumingMemoryBound(to: Float.self)
    }
    let parts = max(1, min(threads, work / Self.workOfPart))
    return { [problem] source in
      OneDNNThreads.run(parts) { part, parts in
        withUnsafePointer(to: problem) { problem in
          convolver.run(
            problem, source, weights.address, bias.map { UnsafePointer(floats($0.address)) }, floats(result),
            scratch + part * scratchStride, part, parts)
        }
      }
    }
  }
}

#endif
