#if OneDNN

internal import CKernels
internal import Inference

/// What it takes to run a program: its arena, and the tensors that live outside it.
final class Shard {
  /// By value of the graph; constants are always there.
  var tensors: [Tensor?]
  let kernels: CKBlockKernels
  /// That work together on each step.
  let threads: Int
  private let arena: AlignedMemory
  private let offsets: [Int]

  init(_ program: Program) throws {
    let plan = ArenaPlan(program.buffers)
    arena = try AlignedMemory(byteCount: plan.byteCount)
    offsets = plan.offsets
    tensors = program.constants
    kernels = program.kernels.blocks
    threads = program.threads
  }

  func address(_ buffer: Int) -> UnsafeMutableRawPointer {
    arena.address + offsets[buffer]
  }

  func address(_ image: BlockedImage) -> UnsafeMutableRawPointer {
    address(image.buffer) + image.offset
  }

  func tensor(_ value: Graph.ValueID) throws -> Tensor {
    guard let tensor = tensors[value] else { throw InferenceError(.backend, "a value is used before it is computed") }
    return tensor
  }
}

#endif
