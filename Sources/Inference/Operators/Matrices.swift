/// alpha · op(a) · op(b) + beta · c.
struct Gemm: Operator {
  var alpha: Float
  var beta: Float
  var transposesA: Bool
  var transposesB: Bool

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (a, b) = (try operands.floatType(0, "a").shape, try operands.floatType(1, "b").shape)
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
    return [TensorType([rows, columns])]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { !transposesA && operands.isShared(1) && operands.isShared(2) }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int {
    types[0].count * (operands.optionalType(0)?.shape[transposesA ? 0 : 1] ?? 0)
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (a, b, shape) = (try operands.tensor(0), try operands.tensor(1), types[0].shape)
    let left = transposesA ? try a.transposed([1, 0]) : a
    let right = transposesB ? try b.transposed([1, 0]) : b
    let product = try left.multiplied(by: right, shape).mapped { alpha * $0 }
    guard let c = operands.optionalTensor(2) else { return [product] }
    return [try broadcast(product, c, shape) { $0 + beta * $1 }]
  }
}

/// NumPy's matmul: the last two axes are matrices, those before are broadcast; vectors become a row or a column.
struct MatrixMultiply: Operator {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (a, b) = (try operands.floatType(0, "a").shape, try operands.floatType(1, "b").shape)
    guard !a.isEmpty, !b.isEmpty else { throw InferenceError(.invalidGraph, "multiplies by a scalar") }
    let left = a.count == 1 ? [1] + a : a
    let right = b.count == 1 ? b + [1] : b
    guard left[left.count - 1] == right[right.count - 2] else {
      throw InferenceError(.invalidGraph, "multiplies matrices of \(a) and \(b), which do not fit")
    }
    var shape = try broadcastShape(Array(left.dropLast(2)), Array(right.dropLast(2)))
    if a.count > 1 { shape.append(left[left.count - 2]) }
    if b.count > 1 { shape.append(right[right.count - 1]) }
    return [TensorType(shape)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.areAligned }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int {
    types[0].count * (operands.optionalType(0)?.shape.last ?? 0)
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try operands.tensor(0).multiplied(by: operands.tensor(1), types[0].shape)]
  }
}

extension Tensor {
  /// The matrix product, of which `shape` is known.
  func multiplied(by other: Tensor, _ shape: [Int]) throws -> Tensor {
    let left = self.shape.count == 1 ? [1] + self.shape : self.shape
    let right = other.shape.count == 1 ? other.shape + [1] : other.shape
    let (rows, inner, columns) = (left[left.count - 2], left[left.count - 1], right[right.count - 1])
    let batch = Array(shape.prefix(max(left.count, right.count) - 2))
    let (leftBatch, rightBatch) = (Array(left.dropLast(2)), Array(right.dropLast(2)))
    let walk = StridedWalk(
      shape: batch,
      strides: [
        broadcastStrides(leftBatch, to: batch).map { $0 * rows * inner },
        broadcastStrides(rightBatch, to: batch).map { $0 * inner * columns },
      ])
    let steps = walk.rowStrides
    return try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      output.initialize(repeating: 0)
      withFloats { a in
        other.withFloats { b in
          walk.rows { row, offsets in
            for matrix in 0..<walk.rowLength {
              let (aStart, bStart) = (offsets[0] + matrix * steps[0], offsets[1] + matrix * steps[1])
              let start = (row * walk.rowLength + matrix) * rows * columns
              for i in 0..<rows {
                for k in 0..<inner {
                  let factor = a[aStart + i * inner + k]
                  for j in 0..<columns {
                    output[start + i * columns + j] += factor * b[bStart + k * columns + j]
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
