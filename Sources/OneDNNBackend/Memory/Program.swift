#if OneDNN

internal import CKernels
internal import Inference

/// A graph lowered to steps over an arena.
struct Program {
  /// That compute what oneDNN does not.
  let kernels: CKKernels
  /// That run it together.
  let threads: Int
  var steps: [any Step] = []
  var buffers: [ArenaPlan.Request] = []
  /// By value of the graph; once lives are planned, those that steps read.
  var constants: [Tensor?] = []
  /// For each step, tensors that nobody reads after it.
  var releases: [[Graph.ValueID]] = []
  var inputs: [Graph.ValueID] = []
  var outputs: [Graph.ValueID] = []

  init(kernels: CKKernels, threads: Int) {
    self.kernels = kernels
    self.threads = threads
  }

  /// Channels in a block.
  var block: Int { kernels.lanes }

  /// Derives the life of every buffer and tensor from what the steps use. Constants that were packed are dropped.
  mutating func planLives() throws {
    releases = Array(repeating: [], count: steps.count)
    var last: [Graph.ValueID: Int] = [:]
    var read = Set(outputs)
    for (index, step) in steps.enumerated() {
      for buffer in step.buffers {
        let first = buffers[buffer].steps?.lowerBound ?? index
        buffers[buffer].steps = first...index
      }
      for value in step.tensors where constants[value] == nil { last[value] = index }
      read.formUnion(step.tensors)
    }
    for value in constants.indices { constants[value] = read.contains(value) ? try constants[value]?.loaded() : nil }
    for output in outputs { last[output] = nil }
    for (value, index) in last { releases[index].append(value) }
  }
}

#endif
