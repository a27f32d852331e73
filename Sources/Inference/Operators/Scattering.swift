/// What happens to an element of the data that an update meets.
public enum ScatterReduction: Hashable, Sendable { case none, add, multiply, maximum, minimum }

extension Operation {
  /// data, indices (int64), updates (of the shape of the indices): a copy of the data in which each update went to the
  /// position that its index gives along `axis`.
  public static func scatterElements(axis: Int, _ reduction: ScatterReduction = .none) -> Operation {
    .plain(PlainOperation(ScatterElements(axis: axis, reduction: reduction)))
  }

  /// data, indices (int64, the last dimension holds positions along the first axes), updates: a copy of the data in which
  /// each block of updates went to the position that its tuple of indices gives.
  public static func scatterND(_ reduction: ScatterReduction = .none) -> Operation {
    .plain(PlainOperation(ScatterND(reduction: reduction)))
  }
}

private struct ScatterElements: Operator {
  var axis: Int
  var reduction: ScatterReduction

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (data, indices) = (try operands.type(0), try operands.integerType(1, "indices"))
    try checkElementwise(data, indices, axis: operands.axis(axis))
    try operands.checkUpdates(of: data, shape: indices.shape)
    return [data]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, indices) = (try operands.tensor(0), try operands.tensor(1))
    let walk = ElementWalk(indices.shape, over: x.shape, axis: try operands.axis(axis))
    let result = try indices.withIntegers { indices in
      try reduction.scattered(operands.tensor(2), onto: x, size: 1, count: indices.count) {
        try walk.target(of: $0, indices[$0])
      }
    }
    return [result]
  }
}

private struct ScatterND: Operator {
  var reduction: ScatterReduction

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (data, indices) = (try operands.type(0), try operands.integerType(1, "indices"))
    guard let length = indices.shape.last, length > 0, length <= data.rank else {
      throw InferenceError(.invalidGraph, "indices \(indices) do not fit data \(data)")
    }
    try operands.checkUpdates(of: data, shape: indices.shape.dropLast() + data.shape[length...])
    return [data]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, indices) = (try operands.tensor(0), try operands.tensor(1))
    let length = indices.shape[indices.shape.count - 1]
    let result = try indices.withIntegers { indices in
      try reduction.scattered(
        operands.tensor(2), onto: x, size: x.shape[length...].reduce(1, *), count: indices.count / length
      ) { tuple in
        try (0..<length).reduce(0) { block, axis in
          block * x.shape[axis]
            + (try resolvedIndex(indices[tuple * length + axis], size: x.shape[axis], axis: axis))
        }
      }
    }
    return [result]
  }
}

extension Operands {
  fileprivate func checkUpdates(of data: TensorType, shape: [Int]) throws {
    let (updates, wanted) = (try type(2, "updates"), TensorType(shape, data.elementType))
    guard updates == wanted else {
      throw InferenceError(.invalidGraph, "the updates are \(updates), not \(wanted)")
    }
  }
}

extension ScatterReduction {
  /// `data` after `count` blocks of `size` updates each, of which each meets the block of the data that `target` gives.
  fileprivate func scattered(
    _ updates: Tensor, onto data: Tensor, size: Int, count: Int, _ target: (_ block: Int) throws -> Int
  ) throws -> Tensor {
    func scatter<Element>(
      _ updates: UnsafeBufferPointer<Element>, onto data: UnsafeBufferPointer<Element>,
      into output: UnsafeMutableBufferPointer<Element>, _ combined: (Element, Element) -> Element
    ) throws {
      _ = output.update(from: data)
      for block in 0..<count {
        let to = try target(block) * size
        for index in 0..<size {
          output[to + index] = combined(output[to + index], updates[block * size + index])
        }
      }
    }
    return switch data.elementType {
    case .float32:
      try Tensor(shape: data.shape) { (output: UnsafeMutableBufferPointer<Float>) in
        try data.withFloats { data in
          try updates.withFloats { try scatter($0, onto: data, into: output, combined) }
        }
      }
    case .int64:
      try Tensor(shape: data.shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        try data.withIntegers { data in
          try updates.withIntegers { try scatter($0, onto: data, into: output, combined) }
        }
      }
    }
  }

  private func combined(_ value: Float, _ update: Float) -> Float {
    switch self {
    case .none: update
    case .add: value + update
    case .multiply: value * update
    case .maximum: max(value, update)
    case .minimum: min(value, update)
    }
  }

  private func combined(_ value: Int64, _ update: Int64) -> Int64 {
    switch self {
    case .none: update
    case .add: value &+ update
    case .multiply: value &* update
    case .maximum: max(value, update)
    case .minimum: min(value, update)
    }
  }
}
