extension Operation {
  /// The `k` largest or smallest along an axis, sorted: data, k (int64) → values, indices. Of equal values the one of the
  /// lower index comes first; not-a-number counts as the last.
  public static func topK(axis: Int, largest: Bool) -> Operation {
    .plain(PlainOperation(TopK(axis: axis, largest: largest)))
  }

  /// data → the positions of elements that are not 0, one row an axis, in the order of the data.
  public static let nonZero = Operation.plain(PlainOperation(NonZero()))

  /// indices, depth, values (off, on) → vectors of `off` with `on` at the index, along a new axis.
  public static func oneHot(axis: Int) -> Operation { .plain(PlainOperation(OneHot(axis: axis))) }

  /// data, k (int64, optional): the triangle of the last two axes above (or below) their k-th diagonal, zeros elsewhere.
  public static func triangle(isUpper: Bool) -> Operation { .plain(PlainOperation(Triangle(isUpper: isUpper))) }
}

private struct TopK: Operator {
  var axis: Int
  var largest: Bool

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (type, axis) = (try operands.type(0), try operands.axis(axis))
    let counts = try operands.integers(1, "k")
    guard counts.count == 1, counts[0] >= 0, counts[0] <= type.shape[axis] else {
      throw InferenceError(.invalidGraph, "k \(counts) is not within the \(type.shape[axis]) elements of axis \(axis)")
    }
    var shape = type.shape
    shape[axis] = counts[0]
    return [TensorType(shape, type.elementType), TensorType(shape, .int64)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, axis) = (try operands.tensor(0), try operands.axis(axis))
    let indices = try Tensor(shape: types[1].shape) { (output: UnsafeMutableBufferPointer<Int64>) in
      let count = types[0].shape[axis]
      switch x.elementType {
      case .float32: x.withFloats { select($0, AxisSplit(x.shape, at: axis), count, output) { $0.isNaN } }
      case .int64: x.withIntegers { select($0, AxisSplit(x.shape, at: axis), count, output) { _ in false } }
      }
    }
    let walk = ElementWalk(indices.shape, over: x.shape, axis: axis)
    let values = try indices.withIntegers { indices in
      try x.blocks(types[0].shape, size: 1) { try walk.target(of: $0, indices[$0]) }
    }
    return [values, indices]
  }

  private func select<Element: Comparable>(
    _ x: UnsafeBufferPointer<Element>, _ split: AxisSplit, _ count: Int, _ output: UnsafeMutableBufferPointer<Int64>,
    isLast: (Element) -> Bool
  ) {
    guard count > 0 else { return }
    var order = Array(0..<split.size)
    for o in 0..<split.outer {
      for i in 0..<split.inner {
        let row = o * split.size * split.inner + i
        func precedes(_ a: Int, _ b: Int) -> Bool {
          let (left, right) = (x[row + a * split.inner], x[row + b * split.inner])
          let (leftIsLast, rightIsLast) = (isLast(left), isLast(right))
          if leftIsLast || rightIsLast { return leftIsLast == rightIsLast ? a < b : rightIsLast }
          return left == right ? a < b : largest ? left > right : left < right
        }
        for index in order.indices { order[index] = index }
        order.sort(by: precedes)
        for k in 0..<count { output[(o * count + k) * split.inner + i] = Int64(order[k]) }
      }
    }
  }
}

private struct NonZero: Operator {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    _ = try operands.type(0)
    throw Operands.DataDependent()
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    let found: [Int] =
      switch x.elementType {
      case .float32: x.withFloats { x in x.indices.filter { x[$0] != 0 } }
      case .int64: x.withIntegers { x in x.indices.filter { x[$0] != 0 } }
      }
    let strides = rowMajorStrides(x.shape)
    let type = try operands.permitted(TensorType([x.shape.count, found.count], .int64))
    let result = try Tensor(shape: type.shape) { (output: UnsafeMutableBufferPointer<Int64>) in
      for axis in x.shape.indices {
        for (column, index) in found.enumerated() {
          output[axis * found.count + column] = Int64(index / strides[axis] % x.shape[axis])
        }
      }
    }
    return [result]
  }
}

private struct OneHot: Operator {
  var axis: Int

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (indices, values) = (try operands.type(0, "indices"), try operands.type(2, "values"))
    let depth = try depth(operands)
    guard values.shape == [2] else { throw InferenceError(.invalidGraph, "the values are not off and on") }
    var shape = indices.shape
    shape.insert(depth, at: try resolvedAxis(axis, rank: indices.rank + 1))
    return [TensorType(shape, values.elementType)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (indices, depth) = (try operands.tensor(0).converted(to: .int64), Int64(try depth(operands)))
    let split = AxisSplit(types[0].shape, at: try resolvedAxis(axis, rank: indices.shape.count + 1))
    let result = try indices.withIntegers { indices in
      try operands.tensor(2).blocks(types[0].shape, size: 1) { position in
        let (outer, rest) = position.quotientAndRemainder(dividingBy: split.size * split.inner)
        let index = indices[outer * split.inner + rest % split.inner]
        // An index beyond the depth, to either side, is nowhere.
        return index == Int64(rest / split.inner) || index &+ depth == Int64(rest / split.inner) && index < 0 ? 1 : 0
      }
    }
    return [result]
  }

  private func depth(_ operands: Operands) throws -> Int {
    guard let depth = try operands.optionalScalar(1, "depth"), depth >= 1 else {
      throw InferenceError(.invalidGraph, "input 1 (depth) must be a positive number")
    }
    return Int(saturating: depth)
  }
}

private struct Triangle: Operator {
  var isUpper: Bool

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.type(0)
    guard type.rank >= 2 else { throw InferenceError(.invalidGraph, "the data is no matrix: \(type)") }
    _ = try diagonal(operands)
    return [type]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, diagonal) = (try operands.tensor(0), try diagonal(operands))
    let (rows, columns) = (x.shape[x.shape.count - 2], x.shape[x.shape.count - 1])
    let result = try Tensor(types[0]) { output in
      x.withBytes { output.copyMemory(from: $0) }
      let row = columns * x.elementType.byteCount
      guard row > 0 else { return }
      for index in 0..<output.count / row {
        let edge = index % rows + diagonal
        // Columns from `edge` on are above the diagonal or on it, those up to it below or on it.
        let zeroed = isUpper ? 0..<min(max(edge, 0), columns) : min(max(edge + 1, 0), columns)..<columns
        for byte in zeroed.lowerBound * x.elementType.byteCount..<zeroed.upperBound * x.elementType.byteCount {
          output[index * row + byte] = 0
        }
      }
    }
    return [result]
  }

  /// Beyond the matrix it makes no difference how far.
  private func diagonal(_ operands: Operands) throws -> Int {
    guard let given = try operands.optionalIntegers(1, "k") else { return 0 }
    guard given.count == 1 else { throw InferenceError(.invalidGraph, "input 1 (k) must be one number") }
    return min(max(given[0], -TensorType.maximumCount), TensorType.maximumCount)
  }
}
