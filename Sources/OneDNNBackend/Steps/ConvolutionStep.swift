#if OneDNN

internal import COneDNN
internal import Inference

/// A convolution of oneDNN with bias, residual and activation.
struct ConvolutionStep: Step {
  enum Source {
    /// A plain tensor, which oneDNN reads as it is.
    case tensor(Graph.ValueID)
    case image(BlockedImage)
  }

  var primitive: Primitive
  var source: Source
  var weights: AlignedMemory
  /// With zeros up to a whole block.
  var bias: AlignedMemory?
  /// Holds the residual before, where the primitive adds one.
  var result: BlockedImage
  var scratch: Int

  var buffers: [Int] {
    if case .image(let image) = source { [image.buffer, result.buffer, scratch] } else { [result.buffer, scratch] }
  }

  var tensors: [Graph.ValueID] {
    if case .tensor(let value) = source { [value] } else { [] }
  }

  func bound(to shard: Shard) throws -> () throws -> Void {
    var memories = odnn_memories()
    memories.weights = UnsafeRawPointer(weights.address)
    memories.destination = shard.address(result.buffer)
    memories.scratch = shard.address(scratch)
    if case .image(let image) = source { memories.source = UnsafeRawPointer(shard.address(image.buffer)) }
    let (weights, bias) = (weights, bias)
    memories.bias = (bias?.address.assumingMemoryBound(to: Float.self)).map { UnsafePointer($0) }
    let call = try PrimitiveCall(primitive, memories)
    switch source {
    case .image:
      return { try withExtendedLifetime((weights, bias)) { try call.run() } }
    case .tensor(let value):
      return { [unowned shard] in
        try withExtendedLifetime((weights, bias)) {
          try shard.tensor(value).withFloats { try call.run(from: $0.baseAddress) }
        }
      }
    }
  }
}

#endif
