private import Foundation

extension ReferenceKernels {
  /// Summarises all elements along `axes`; sums are kept in double precision.
  static func reduce(_ function: Reduction, _ x: Tensor, axes: [Int], _ shape: [Int]) -> Tensor {
    let kept = x.shape.indices.filter { !axes.contains($0) }
    let strides = rowMajorStrides(x.shape)
    let outer = StridedWalk(shape: kept.map { x.shape[$0] }, strides: [kept.map { strides[$0] }])
    let count = axes.map { x.shape[$0] }.reduce(1, *)
    return Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { x1 in
        outer.rows { row, offsets in
          for column in 0..<outer.rowLength {
            let inner = StridedWalk(
              shape: axes.map { x.shape[$0] }, strides: [axes.map { strides[$0] }],
              offsets: [offsets[0] + column * outer.rowStrides[0]])
            var total = function.start
            inner.rows { _, offsets in
              for element in 0..<inner.rowLength {
                total = function.adding(Double(x1[offsets[0] + element * inner.rowStrides[0]]), to: total)
              }
            }
            output[row * outer.rowLength + column] = Float(function.finish(total, count: count))
          }
        }
      }
    }
  }

  /// Index of the largest element; the first of equal ones.
  static func argMax(_ x: Tensor, axis: Int, _ shape: [Int]) -> Tensor {
    let (outer, size, inner) = (x.shape[..<axis].reduce(1, *), x.shape[axis], x.shape[(axis + 1)...].reduce(1, *))
    return Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
      x.withFloats { x in
        for o in 0..<outer {
          for i in 0..<inner {
            var best = 0
            for k in 1..<max(size, 1) where x[(o * size + k) * inner + i] > x[(o * size + best) * inner + i] {
              best = k
            }
            output[o * inner + i] = Int64(best)
          }
        }
      }
    }
  }

  /// exp(x − max) / Σ, or its logarithm.
  static func softmax(_ x: Tensor, axis: Int, logarithm: Bool) -> Tensor {
    let (outer, size, inner) = (x.shape[..<axis].reduce(1, *), x.shape[axis], x.shape[(axis + 1)...].reduce(1, *))
    return Tensor(shape: x.shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { x in
        for o in 0..<outer {
          for i in 0..<inner {
            let indices = (0..<size).map { (o * size + $0) * inner + i }
            let largest = indices.reduce(-Float.infinity) { max($0, x[$1]) }
            let total = indices.reduce(0.0) { $0 + exp(Double(x[$1] - largest)) }
            for index in indices {
              let value = Double(x[index] - largest)
              output[index] = Float(logarithm ? value - log(total) : exp(value) / total)
            }
          }
        }
      }
    }
  }
}

extension Reduction {
  fileprivate var start: Double {
    switch self {
    case .max: -.infinity
    case .min: .infinity
    case .product: 1
    case .mean, .sum, .l1, .l2, .sumSquare: 0
    }
  }

  fileprivate func adding(_ value: Double, to total: Double) -> Double {
    switch self {
    case .mean, .sum: total + value
    case .max: Swift.max(total, value)
    case .min: Swift.min(total, value)
    case .product: total * value
    case .l1: total + abs(value)
    case .l2, .sumSquare: total + value * value
    }
  }

  fileprivate func finish(_ total: Double, count: Int) -> Double {
    switch self {
    case .mean: total / Double(count)
    case .l2: total.squareRoot()
    case .sum, .max, .min, .product, .l1, .sumSquare: total
    }
  }
}
