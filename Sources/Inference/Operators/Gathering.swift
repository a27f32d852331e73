/// Data, indices: slices along `axis`; negative indices count from the back.
struct Gather: Operator {
  var axis: Int

  func canonical(_ operands: Operands) throws -> Operation? { .gather(axis: try operands.axis(axis)) }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (type, indices) = (try operands.type(0), try operands.integerType(1, "indices"))
    return [TensorType(type.shape[..<axis] + indices.shape + type.shape[(axis + 1)...], type.elementType)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { axis > 0 && operands.isShared(1) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, indices) = (try operands.tensor(0), try operands.tensor(1))
    let split = AxisSplit(x.shape, at: axis)
    let result = try indices.withIntegers { indices in
      try x.blocks(types[0].shape, size: split.inner) { block in
        let (outer, index) = block.quotientAndRemainder(dividingBy: indices.count)
        return outer * split.size + (try resolvedIndex(indices[index], size: split.size, axis: axis))
      }
    }
    return [result]
  }
}

extension Operation {
  /// data, indices (int64, the last dimension holds positions along the axes after the batch dimensions).
  public static func gatherND(batchDimensions: Int) -> Operation {
    .plain(PlainOperation(GatherND(batchDimensions: batchDimensions)))
  }

  /// data, indices (int64, as many dimensions as the data): each replaces the position along `axis` by its own.
  public static func gatherElements(axis: Int) -> Operation {
    .plain(PlainOperation(GatherElements(axis: axis)))
  }
}

private struct GatherND: Operator {
  var batchDimensions: Int

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (data, indices) = (try operands.type(0), try operands.integerType(1, "indices"))
    let length = indices.shape.last ?? 0
    guard length > 0, batchDimensions >= 0, batchDimensions < indices.rank, batchDimensions <= data.rank,
      length <= data.rank - batchDimensions, data.shape[..<batchDimensions] == indices.shape[..<batchDimensions]
    else {
      throw InferenceError(.invalidGraph, "indices \(indices) do not fit data \(data)")
    }
    return [TensorType(indices.shape.dropLast() + data.shape[(batchDimensions + length)...], data.elementType)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, indices) = (try operands.tensor(0), try operands.tensor(1))
    let length = indices.shape[indices.shape.count - 1]
    let batches = x.shape[..<batchDimensions].reduce(1, *)
    let perBatch = batches == 0 ? 0 : indices.count / length / batches
    let size = x.shape[(batchDimensions + length)...].reduce(1, *)
    let result = try indices.withIntegers { indices in
      try x.blocks(types[0].shape, size: size) { tuple in
        try (0..<length).reduce(tuple / perBatch) { block, component in
          let axis = batchDimensions + component
          let index = try resolvedIndex(indices[tuple * length + component], size: x.shape[axis], axis: axis)
          return block * x.shape[axis] + index
        }
      }
    }
    return [result]
  }
}

private struct GatherElements: Operator {
  var axis: Int

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (data, indices) = (try operands.type(0), try operands.integerType(1, "indices"))
    try checkElementwise(data, indices, axis: operands.axis(axis))
    return [TensorType(indices.shape, data.elementType)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, indices) = (try operands.tensor(0), try operands.tensor(1))
    let walk = ElementWalk(indices.shape, over: x.shape, axis: try operands.axis(axis))
    let result = try indices.withIntegers { indices in
      try x.blocks(types[0].shape, size: 1) { try walk.target(of: $0, indices[$0]) }
    }
    return [result]
  }
}

/// Where the elements of an index tensor point in the data, each along one axis.
struct ElementWalk {
  private let axis: Int
  private let size: Int
  private let shape: [Int]
  private let own: [Int]
  private let strides: [Int]

  init(_ indices: [Int], over data: [Int], axis: Int) {
    self.axis = axis
    size = data[axis]
    shape = indices
    own = rowMajorStrides(indices)
    strides = rowMajorStrides(data)
  }

  /// The position in the data of element `position` of the indices, whose value is `index`.
  func target(of position: Int, _ index: Int64) throws -> Int {
    var target = try resolvedIndex(index, size: size, axis: axis) * strides[axis]
    for other in shape.indices where other != axis {
      target += position / own[other] % shape[other] * strides[other]
    }
    return target
  }
}

/// Indices of as many dimensions as the data, and not beyond it but along `axis`.
func checkElementwise(_ data: TensorType, _ indices: TensorType, axis: Int) throws {
  let fits = zip(indices.shape, data.shape).enumerated().allSatisfy { $0 == axis || $1.0 <= $1.1 }
  guard indices.rank == data.rank, fits else {
    throw InferenceError(.invalidGraph, "indices \(indices) do not fit data \(data) along axis \(axis)")
  }
}

func resolvedIndex(_ index: Int64, size: Int, axis: Int) throws -> Int {
  guard index >= -Int64(size), index < Int64(size) else {
    throw InferenceError(.invalidInput, "index \(index) is outside the \(size) elements of axis \(axis)")
  }
  return Int(index < 0 ? index + Int64(size) : index)
}
