extension Operation {
  /// Types of operations that leave fewer elements than they read.
  func reducedTypes(_ operands: Operands) throws -> [TensorType] {
    switch self {
    case .reduce(_, let keepsDimensions):
      let type = try operands.floatType(0)
      let axes = try reducedAxes(operands)
      return [TensorType(reducedShape(type.shape, axes: axes, keepsDimensions: keepsDimensions))]
    case .argMax(let axis, let keepsDimensions):
      let type = try operands.floatType(0)
      guard type.shape[axis] > 0 else { throw InferenceError(.invalidGraph, "the searched axis is empty") }
      return [TensorType(reducedShape(type.shape, axes: [axis], keepsDimensions: keepsDimensions), .int64)]
    case .topK(let axis, _):
      var shape = try operands.floatType(0).shape
      let counts = try operands.integers(1, "k")
      guard counts.count == 1, counts[0] >= 0, counts[0] <= shape[axis] else {
        throw InferenceError(.invalidGraph, "k \(counts) is not within the \(shape[axis]) elements of axis \(axis)")
      }
      shape[axis] = counts[0]
      return [TensorType(shape), TensorType(shape, .int64)]
    case .nonMaxSuppression:
      let (boxes, scores) = (try operands.floatType(0, "boxes").shape, try operands.floatType(1, "scores").shape)
      guard boxes.count == 3, scores.count == 3, boxes[2] == 4, boxes[0] == scores[0], boxes[1] == scores[2] else {
        throw InferenceError(.invalidGraph, "boxes \(boxes) and scores \(scores) do not fit together")
      }
      throw Operands.DataDependent()
    default:
      preconditionFailure("not a reducing operation")
    }
  }

  /// The axes that `.reduce` goes over: all where none are given.
  func reducedAxes(_ operands: Operands) throws -> [Int] {
    let rank = try operands.type(0).rank
    guard let axes = try operands.optionalIntegers(1, "axes"), !axes.isEmpty else { return Array(0..<rank) }
    return try resolvedAxes(axes, rank: rank).sorted()
  }
}

private func reducedShape(_ shape: [Int], axes: [Int], keepsDimensions: Bool) -> [Int] {
  shape.enumerated().compactMap { axis, size in
    axes.contains(axis) ? (keepsDimensions ? 1 : nil) : size
  }
}
