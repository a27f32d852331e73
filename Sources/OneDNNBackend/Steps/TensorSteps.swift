#if OneDNN

internal import COneDNN
internal import Inference

/// Runs a node with the reference kernels.
struct ReferenceStep: Step {
  var node: Graph.Node
  var room: DynamicRoom

  var buffers: [Int] { [] }
  var tensors: [Graph.ValueID] { node.inputs.filter { $0 != Graph.Node.absent } + node.outputs }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let (node, room) = (node, room)
    return { [unowned shard] in
      try node.naming {
        let inputs = try node.inputs.map { $0 == Graph.Node.absent ? nil : try shard.tensor($0) }
        let results = try ReferenceKernels.evaluate(
          node.operation, inputs, outputCount: node.outputs.count, byteLimit: room.rest { shard.tensors[$0] })
        for (output, result) in zip(node.outputs, results) { shard.tensors[output] = result }
      }
    }
  }
}

/// A batch of matrix products, all of the same size.
struct MatrixStep: Step {
  var a: Graph.ValueID
  var b: Graph.ValueID
  var result: Graph.ValueID
  var resultShape: [Int]
  var rows: Int
  var columns: Int
  var depth: Int
  var transposesA = false
  var transposesB = false
  var alpha: Float = 1
  /// How many products, and by how many elements the operands move on from one to the next.
  var count = 1
  var strideA = 0
  var strideB = 0

  var buffers: [Int] { [] }
  var tensors: [Graph.ValueID] { [a, b, result] }

  func bound(to shard: Shard) throws -> () throws -> Void {
    let step = self
    return { [unowned shard] in
      let (left, right) = (try shard.tensor(step.a), try shard.tensor(step.b))
      shard.tensors[step.result] = try Tensor(
        shape: step.resultShape,
        fillingFloats: { result in
          try left.withFloats { left in
            try right.withFloats { right in try step.multiply(left, right, result) }
          }
        })
    }
  }

  private func multiply(
    _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>, _ result: UnsafeMutableBufferPointer<Float>
  ) throws {
    guard let a = left.baseAddress, let b = right.baseAddress, let c = result.baseAddress else { return }
    for index in 0..<count {
      let worked = odnn_multiply(
        transposesA, transposesB, Int64(rows), Int64(columns), Int64(depth), alpha, a + index * strideA,
        Int64(transposesA ? rows : depth), b + index * strideB, Int64(transposesB ? depth : columns), 0,
        c + index * rows * columns, Int64(columns))
      guard worked else { throw InferenceError(.backend, "oneDNN could not multiply matrices") }
    }
  }
}

#endif
