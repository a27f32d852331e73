internal import Inference

/// Copies blocks between one tensor and the parts it is made of.
private struct BlockCopies {
  private var copies: [(from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>, count: Int)] = []

  mutating func add(from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>, count: Int) {
    // In pieces, so that the threads share large blocks.
    for start in stride(from: 0, to: count, by: 16384) {
      copies.append((from + start, to + start, min(16384, count - start)))
    }
  }

  func run(_ pool: ThreadPool) {
    pool.split(copies.count) { range, _ in
      for copy in copies[range] { copy.to.update(from: copy.from, count: copy.count) }
    }
  }
}

struct ConcatenateStep: Step {
  private var copies = BlockCopies()

  init?(_ node: Graph.Node, _ storage: Storage, axis: Int) {
    guard let output = storage.mutableFloats(node.outputs[0]), let shape = storage.shape(node.outputs[0]) else {
      return nil
    }
    let outer = shape[..<axis].reduce(1, *)
    let outputBlock = shape[axis...].reduce(1, *)
    var start = 0
    for value in node.inputs {
      guard let input = storage.floats(value), let inputShape = storage.shape(value) else { return nil }
      let block = inputShape[axis...].reduce(1, *)
      for index in 0..<outer {
        copies.add(from: input + index * block, to: output + index * outputBlock + start, count: block)
      }
      start += block
    }
  }

  func run(_ workspace: Workspace) { copies.run(workspace.pool) }
}

struct SplitStep: Step {
  private var copies = BlockCopies()

  init?(_ node: Graph.Node, _ storage: Storage, axis: Int) {
    guard let input = storage.floats(node.inputs[0]), let shape = storage.shape(node.inputs[0]) else { return nil }
    let outer = shape[..<axis].reduce(1, *)
    let inputBlock = shape[axis...].reduce(1, *)
    var start = 0
    for value in node.outputs {
      guard let output = storage.mutableFloats(value), let outputShape = storage.shape(value) else { return nil }
      let block = outputShape[axis...].reduce(1, *)
      for index in 0..<outer {
        copies.add(from: input + index * inputBlock + start, to: output + index * block, count: block)
      }
      start += block
    }
  }

  func run(_ workspace: Workspace) { copies.run(workspace.pool) }
}
