#if OneDNN

internal import Inference

/// A graph lowered to steps over an arena.
struct Program {
  /// That run it together.
  var threads = 1
  var steps: [any Step] = []
  var buffers: [ArenaPlan.Request] = []
  /// By value of the graph.
  var constants: [Tensor?] = []
  /// For each step, tensors that nobody reads after it.
  var releases: [[Graph.ValueID]] = []
  var inputs: [Graph.ValueID] = []
  var outputs: [Graph.ValueID] = []

  /// Derives the life of every buffer and tensor from what the steps use.
  mutating func planLives() {
    releases = Array(repeating: [], count: steps.count)
    var last: [Graph.ValueID: Int] = [:]
    for (index, step) in steps.enumerated() {
      for buffer in step.buffers {
        let first = buffers[buffer].steps?.lowerBound ?? index
        buffers[buffer].steps = first...index
      }
      for value in step.tensors where constants[value] == nil { last[value] = index }
    }
    for output in outputs { last[output] = nil }
    for (value, index) in last { releases[index].append(value) }
  }
}

#endif
