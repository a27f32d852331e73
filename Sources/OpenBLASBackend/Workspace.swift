internal import CKernels
internal import Inference

/// What every step runs with: threads, kernels, and scratch memory that is free again after the step.
final class Workspace {
  let pool: ThreadPool
  let kernels: CKPlaneKernels
  private var shared: Arena
  private var own: [Arena] = []

  init(threads: Int, kernels: CKPlaneKernels) throws {
    shared = try Arena(byteCount: 0)
    pool = ThreadPool(count: threads)
    self.kernels = kernels
  }

  func reserve(_ needs: [ScratchNeed]) throws {
    shared = try Arena(byteCount: needs.map(\.sharedFloats).max().map { $0 * 4 } ?? 0)
    let perThread = needs.map(\.threadFloats).max() ?? 0
    own = try (0..<pool.count).map { _ in try Arena(byteCount: perThread * 4) }
  }

  /// Scratch that all threads see.
  var sharedScratch: UnsafeMutablePointer<Float> { shared.base.assumingMemoryBound(to: Float.self) }

  func scratch(of thread: Int) -> UnsafeMutablePointer<Float> { own[thread].base.assumingMemoryBound(to: Float.self) }
}

/// Floats of scratch that a step uses, for all threads together and for each.
struct ScratchNeed {
  var sharedFloats = 0
  var threadFloats = 0
}

/// One node, ready to run: pointers resolved, weights packed.
protocol Step {
  var scratch: ScratchNeed { get }
  func run(_ workspace: Workspace) throws
}

extension Step {
  var scratch: ScratchNeed { ScratchNeed() }
}
