extension ReferenceKernels {
  /// alpha · op(a) · op(b) + beta · c.
  static func gemm(
    _ a: Tensor, _ b: Tensor, _ c: Tensor?, _ shape: [Int], alpha: Float, beta: Float, transposesA: Bool,
    transposesB: Bool
  ) -> Tensor {
    let left = transposesA ? transpose(a, [1, 0]) : a
    let right = transposesB ? transpose(b, [1, 0]) : b
    let product = map(matrixMultiply(left, right, shape)) { alpha * $0 }
    guard let c else { return product }
    return broadcast(product, c, shape) { $0 + beta * $1 }
  }

  /// NumPy's matmul: the last two axes are matrices, those before are broadcast; vectors become a row or a column.
  static func matrixMultiply(_ a: Tensor, _ b: Tensor, _ shape: [Int]) -> Tensor {
    let left = a.shape.count == 1 ? [1] + a.shape : a.shape
    let right = b.shape.count == 1 ? b.shape + [1] : b.shape
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
    return Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      output.initialize(repeating: 0)
      a.withFloats { a in
        b.withFloats { b in
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
