extension Operation {
  /// Types of general and batched matrix products.
  func matrixType(_ operands: Operands) throws -> TensorType {
    let (a, b) = (try operands.floatType(0, "a").shape, try operands.floatType(1, "b").shape)
    if case .gemm(_, _, let transposesA, let transposesB) = self {
      guard a.count == 2, b.count == 2 else {
        throw InferenceError(.invalidGraph, "multiplies \(a) by \(b): both must be matrices")
      }
      let (rows, inner) = transposesA ? (a[1], a[0]) : (a[0], a[1])
      let (innerB, columns) = transposesB ? (b[1], b[0]) : (b[0], b[1])
      guard inner == innerB else {
        throw InferenceError(.invalidGraph, "multiplies matrices of \(a) and \(b), which do not fit")
      }
      if let c = operands.optionalType(2) {
        guard c.elementType == .float32, try broadcastShape([rows, columns], c.shape) == [rows, columns] else {
          throw InferenceError(.invalidGraph, "the added matrix \(c) does not broadcast to \(rows)×\(columns)")
        }
      }
      return TensorType([rows, columns])
    }
    guard !a.isEmpty, !b.isEmpty else { throw InferenceError(.invalidGraph, "multiplies by a scalar") }
    let left = a.count == 1 ? [1] + a : a
    let right = b.count == 1 ? b + [1] : b
    guard left[left.count - 1] == right[right.count - 2] else {
      throw InferenceError(.invalidGraph, "multiplies matrices of \(a) and \(b), which do not fit")
    }
    var shape = try broadcastShape(Array(left.dropLast(2)), Array(right.dropLast(2)))
    if a.count > 1 { shape.append(left[left.count - 2]) }
    if b.count > 1 { shape.append(right[right.count - 1]) }
    return TensorType(shape)
  }
}
