extension Operation {
  /// Types of operations that copy, repeat or interpolate elements along some axes.
  func selectedTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.type(0)
    switch self {
    case .concatenate(let axis):
      return [try concatenatedType(operands, axis: axis)]
    case .split(let axis):
      return try splitSizes(operands, axis: axis, outputCount: outputCount).map { size in
        var shape = type.shape
        shape[axis] = size
        return TensorType(shape, type.elementType)
      }
    case .slice:
      return [TensorType(try SliceGeometry(operands).shape, type.elementType)]
    case .gather(let axis):
      let indices = try operands.type(1, "indices")
      guard indices.elementType == .int64 else { throw InferenceError(.invalidGraph, "the indices are not integers") }
      return [TensorType(type.shape[..<axis] + indices.shape + type.shape[(axis + 1)...], type.elementType)]
    case .gatherND(let batchDimensions):
      return [try gatheredType(operands, batchDimensions: batchDimensions)]
    case .pad:
      return [TensorType(try PadGeometry(operands, mode: padMode).shape, type.elementType)]
    case .tile:
      let repeats = try operands.integers(1, "repeats")
      guard repeats.count == type.rank else {
        throw InferenceError(.invalidGraph, "\(repeats.count) repeats for \(type.rank) dimensions")
      }
      return [TensorType(try zip(type.shape, repeats).map { try checkedProduct($0, $1) }, type.elementType)]
    case .resize:
      _ = try operands.floatType(0)
      return [TensorType(try ResizeGeometry(operands).shape)]
    default:
      preconditionFailure("not a selecting operation")
    }
  }

  private var padMode: PadMode {
    if case .pad(let mode) = self { mode } else { .constant }
  }

  private func gatheredType(_ operands: Operands, batchDimensions: Int) throws -> TensorType {
    let (data, indices) = (try operands.type(0), try operands.type(1, "indices"))
    let length = indices.shape.last ?? 0
    guard indices.elementType == .int64, length > 0, batchDimensions >= 0, batchDimensions < indices.rank,
      batchDimensions <= data.rank, length <= data.rank - batchDimensions,
      data.shape[..<batchDimensions] == indices.shape[..<batchDimensions]
    else {
      throw InferenceError(.invalidGraph, "indices \(indices) do not fit data \(data)")
    }
    return TensorType(indices.shape.dropLast() + data.shape[(batchDimensions + length)...], data.elementType)
  }

  private func concatenatedType(_ operands: Operands, axis: Int) throws -> TensorType {
    var type = try operands.type(0)
    for index in operands.all.indices.dropFirst() {
      let next = try operands.type(index)
      var expected = type.shape
      if next.rank == type.rank { expected[axis] = next.shape[axis] }
      guard next.shape == expected, next.elementType == type.elementType else {
        throw InferenceError(.invalidGraph, "cannot join \(next) to \(type) along axis \(axis)")
      }
      type.shape[axis] = try checkedSum(type.shape[axis], next.shape[axis])
    }
    return type
  }

  /// Sizes of the parts; equal ones (the last may be smaller) where none are given.
  func splitSizes(_ operands: Operands, axis: Int, outputCount: Int) throws -> [Int] {
    let size = try operands.type(0).shape[axis]
    let sizes: [Int]
    if let given = try operands.optionalIntegers(1, "sizes") {
      sizes = given
    } else {
      let part = (size + outputCount - 1) / max(outputCount, 1)
      sizes = (0..<outputCount).map { min(part, max(0, size - $0 * part)) }
    }
    guard sizes.count == outputCount, sizes.allSatisfy({ $0 >= 0 && $0 <= size }), sizes.reduce(0, +) == size else {
      throw InferenceError(.invalidGraph, "cannot split \(size) elements into \(outputCount) parts of \(sizes)")
    }
    return sizes
  }
}

func checkedProduct(_ a: Int, _ b: Int) throws -> Int {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  guard !overflow else { throw InferenceError(.invalidGraph, "a size overflows: \(a) × \(b)") }
  return product
}

func checkedSum(_ a: Int, _ b: Int) throws -> Int {
  let (sum, overflow) = a.addingReportingOverflow(b)
  guard !overflow else { throw InferenceError(.invalidGraph, "a size overflows: \(a) + \(b)") }
  return sum
}
