#if OneDNN

internal import COneDNN
internal import Inference

/// A convolution that this package computes itself, with bias, residual and activation.
struct OwnConvolutionStep: Step {
  enum Problem {
    case winograd(winograd_problem)
    case tiles(tile_problem)
  }

  var problem: Problem
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
      let bias = step.bias?.address.assumingMemoryBound(to: Float.self)
      switch step.problem {
      case .winograd(var problem):
        winograd_run(
          &problem, source, step.weights.address.assumingMemoryBound(to: Float.self), bias, result,
          scratch.assumingMemoryBound(to: Float.self), threads)
      case .tiles(var problem):
        tile_run(&problem, source, step.weights.address, bias, result, scratch, threads)
      }
    }
  }
}

extension OwnConvolutionStep.Problem {
  /// Bytes of scratch memory for `threads` threads.
  func scratchByteCount(threads: Int) -> Int {
    switch self {
    case .winograd(var problem): Int(winograd_scratch_count(&problem, Int64(threads))) * MemoryLayout<Float>.stride
    case .tiles(var problem): Int(tile_scratch_size(&problem, Int64(threads)))
    }
  }

  var packing: WeightStore.Packing {
    switch self {
    case .winograd(let problem): .winograd(problem.kind)
    case .tiles: .tiles
    }
  }
}

#endif
