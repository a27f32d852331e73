#if OneDNN

internal import Inference

/// A graph lowered to steps over an arena.
struct Program {
  /// That run it together.
  var threads = 1
  var steps: [any Step] = []
  var buffers: [ArenaPlan.Request] = []
  /// By value of the graph; once lives are planned, those that steps read.
  var constants: [Tensor?] = []
  /// For each step, tensors that nobody reads after it.
  var releases: [[Graph.ValueID]] = []
  var inputs: [Graph.ValueID] = []
  var outputs: [Graph.ValueID] = []

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
