#if OneDNN

internal import COneDNN
internal import Inference

/// A convolution with bias, residual and activation.
struct ConvolutionStep: Step {
  enum Source {
    /// A plain tensor, which is read as it is.
    case tensor(Graph.ValueID)
    case image(BlockedImage)
  }

  var kernel: ConvolutionKernel
  var source: Source
  var weights: AlignedMemory
  /// With zeros up to a whole block.
  var bias: AlignedMemory?
  /// Holds the residual before, where the kernel adds one.
  var result: BlockedImage
  /// What is added after the activation, laid out as the result.
  var addend: BlockedImage?
  var scratch: Int

  var buffers: [Int] {
    let others = [addend?.buffer, result.buffer, scratch].compactMap { $0 }
    return if case .image(let image) = source { [image.buffer] + others } else { others }
  }

  var tensors: [Graph.ValueID] {
    if case .tensor(let value) = source { [value] } else { [] }
  }

  func bound(to shard: Shard) throws -> () throws -> Void {
    switch (kernel, source) {
    case (.oneDNN(let primitive), .image(let image)):
      let (weights, bias) = (weights, bias)
      let call = try PrimitiveCall(primitive, memories(shard, source: shard.address(image)))
      return { try withExtendedLifetime((weights, bias)) { try call.run() } }
    case (.oneDNN(let primitive), .tensor(let value)):
      let (weights, bias) = (weights, bias)
      let call = try PrimitiveCall(primitive, memories(shard, source: nil))
      return { [unowned shard] in
        try withExtendedLifetime((weights, bias)) {
          try shard.tensor(value).withFloats { try call.run(from: $0.baseAddress) }
        }
      }
    case (.own(let convolution), _):
      let run = convolution.bound(
        weights: weights, bias: bias, result: shard.address(result), addend: addend.map { shard.address($0) },
        scratch: shard.address(scratch), threads: shard.threads)
      switch source {
      case .image(let image):
        let address = UnsafePointer(shard.address(image).assumingMemoryBound(to: Float.self))
        return { run(address) }
      case .tensor(let value):
        return { [unowned shard] in try shard.tensor(value).withFloats { run($0.baseAddress!) } }
      }
    }
  }

  private func memories(_ shard: Shard, source: UnsafeMutableRawPointer?) -> odnn_memories {
    odnn_memories(
      source: source, weights: weights.address,
      bias: bias.map { UnsafePointer($0.address.assumingMemoryBound(to: Float.self)) },
      destination: shard.address(result), scratch: shard.address(scratch))
  }
}

#endif
