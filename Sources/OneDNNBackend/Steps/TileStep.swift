#if OneDNN

internal import COneDNN
internal import Inference

/// A convolution on the processor's matrix tiles, with bias, residual and activation.
struct TileStep: Step {
  var problem: tile_problem
  var source: BlockedImage
  var weights: AlignedMemory
  /// Padded to whole blocks.
  var bias: AlignedMemory?
  /// Holds the residual before, where the problem adds one.
  var result: BlockedImage
  var scratch: Int

  var buffers: [Int] { [source.buffer, result.buffer, scratch] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let (step, threads) = (self, Int64(shard.threads))
    let source = shard.address(source.buffer).assumingMemoryBound(to: Float.self)
    let result = shard.address(result.buffer).assumingMemoryBound(to: Float.self)
    let scratch = shard.address(scratch)
    return {
      withUnsafePointer(to: step.problem) { problem in
        tile_run(
          problem, source, step.weights.address, step.bias?.address.assumingMemoryBound(to: Float.self), result,
          scratch, threads)
      }
    }
  }
}

#endif
