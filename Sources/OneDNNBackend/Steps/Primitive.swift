#if OneDNN

internal import COneDNN
internal import Inference

/// Owns a convolution that oneDNN has prepared.
///
/// `@unchecked Sendable`: oneDNN's primitives do not change once made, and scratch memory is the caller's.
final class Primitive: @unchecked Sendable {
  let handle: OpaquePointer
  /// O × I/groups × kH × kW, as oneDNN sees the channels.
  private let weightsShape: [Int]
  private let isBF16: Bool

  init(_ convolution: odnn_convolution) throws {
    var message: UnsafePointer<CChar>?
    guard let handle = withUnsafePointer(to: convolution, { odnn_create($0, &message) }) else {
      throw InferenceError(.unsupported, message.map { String(cString: $0) } ?? "oneDNN failed")
    }
    self.handle = handle
    isBF16 = convolution.source.type == ODNN_BF16
    weightsShape = [
      convolution.destination.dims.1, convolution.source.dims.1 / convolution.groups, convolution.kernel.0,
      convolution.kernel.1,
    ].map { Int($0) }
  }

  deinit {
    odnn_destroy(handle)
  }

  /// oneDNN's name of the kernel; those that begin with "ref" are plain loops.
  var kernel: String { String(cString: odnn_kernel(handle)) }
  var weightsByteCount: Int { odnn_weights_size(handle) }
  var scratchByteCount: Int { odnn_scratch_size(handle) }

  func sharesWeights(with other: Primitive) -> Bool {
    odnn_shares_weights(handle, other.handle)
  }

  func packed(_ weights: Tensor) throws -> AlignedMemory {
    let memory = try AlignedMemory(byteCount: weightsByteCount)
    let filled = try (isBF16 ? weights.roundedToBF16() : weights).filled(to: weightsShape)
    guard filled.withFloats({ odnn_pack_weights(handle, $0.baseAddress, memory.address) }) else {
      throw InferenceError(.backend, "oneDNN could not reorder the weights")
    }
    return memory
  }
}

/// A primitive tied to addresses.
final class PrimitiveCall {
  private let call: OpaquePointer
  private let primitive: Primitive

  init(_ primitive: Primitive, _ memories: odnn_memories) throws {
    guard let call = withUnsafePointer(to: memories, { odnn_bind(primitive.handle, $0) }) else {
      throw InferenceError(.backend, "there is no memory to prepare a convolution")
    }
    self.call = call
    self.primitive = primitive
  }

  deinit {
    odnn_release(call)
  }

  func run() throws {
    guard odnn_run(call) else { throw InferenceError(.backend, "oneDNN's kernel \(primitive.kernel) failed") }
  }

  func run(from source: UnsafePointer<Float>?) throws {
    guard odnn_run_from(call, source) else {
      throw InferenceError(.backend, "oneDNN's kernel \(primitive.kernel) failed")
    }
  }
}

#endif
