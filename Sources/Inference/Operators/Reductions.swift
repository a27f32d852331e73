private import Foundation

/// Summarises all elements along some axes: input 1, or all where it is not given.
struct Reduce: Operator {
  var function: Reduction
  var keepsDimensions: Bool

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.type(0)
    let axes = try axes(operands)
    return [TensorType(reducedShape(type.shape, axes: axes, keepsDimensions: keepsDimensions), type.elementType)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.isShared(1) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try function.reduced(operands.tensor(0), axes: axes(operands), types[0].shape)]
  }

  private func axes(_ operands: Operands) throws -> [Int] {
    let rank = try operands.type(0).rank
    guard let axes = try operands.optionalIntegers(1, "axes"), !axes.isEmpty else { return Array(0..<rank) }
    return try resolvedAxes(axes, rank: rank).sorted()
  }
}

func reducedShape(_ shape: [Int], axes: [Int], keepsDimensions: Bool) -> [Int] {
  shape.enumerated().compactMap { axis, size in
    axes.contains(axis) ? (keepsDimensions ? 1 : nil) : size
  }
}

extension Reduction {
  /// Sums of floats are kept in double precision; integers wrap around.
  func reduced(_ x: Tensor, axes: [Int], _ shape: [Int]) throws -> Tensor {
    let walk = ReductionWalk(x.shape, axes: axes)
    let count = axes.map { x.shape[$0] }.reduce(1, *)
    switch x.elementType {
    case .float32:
      return try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
        x.withFloats { x in
          walk.fold(x, into: output, start) {
            adding(Double($0), to: $1)
          } finish: {
            Float(finish($0, count: count))
          }
        }
      }
    case .int64:
      return try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        x.withIntegers { x in
          walk.fold(x, into: output, integerStart) {
            addingInteger($0, to: $1)
          } finish: {
            finishInteger($0, count: count)
          }
        }
      }
    }
  }

  private var start: Double {
    switch self {
    case .max: -.infinity
    case .min: .infinity
    case .product: 1
    case .mean, .sum, .l1, .l2, .sumSquare: 0
    }
  }

  private func adding(_ value: Double, to total: Double) -> Double {
    switch self {
    case .mean, .sum: total + value
    case .max: Swift.max(total, value)
    case .min: Swift.min(total, value)
    case .product: total * value
    case .l1: total + abs(value)
    case .l2, .sumSquare: total + value * value
    }
  }

  private func finish(_ total: Double, count: Int) -> Double {
    switch self {
    case .mean: total / Double(count)
    case .l2: total.squareRoot()
    case .sum, .max, .min, .product, .l1, .sumSquare: total
    }
  }

  private var integerStart: Int64 {
    switch self {
    case .max: .min
    case .min: .max
    case .product: 1
    case .mean, .sum, .l1, .l2, .sumSquare: 0
    }
  }

  private func addingInteger(_ value: Int64, to total: Int64) -> Int64 {
    switch self {
    case .mean, .sum: total &+ value
    case .max: Swift.max(total, value)
    case .min: Swift.min(total, value)
    case .product: total &* value
    case .l1: total &+ (value < 0 ? 0 &- value : value)
    case .l2, .sumSquare: total &+ value &* value
    }
  }

  private func finishInteger(_ total: Int64, count: Int) -> Int64 {
    switch self {
    case .mean: count == 0 ? 0 : total / Int64(count)
    case .l2: Int64(saturating: Double(total).squareRoot())
    case .sum, .max, .min, .product, .l1, .sumSquare: total
    }
  }
}

/// Goes over the elements that are summarised, for one result after the other.
private struct ReductionWalk {
  private let outer: StridedWalk
  private let shape: [Int]
  private let strides: [Int]

  init(_ shape: [Int], axes: [Int]) {
    let all = rowMajorStrides(shape)
    let kept = shape.indices.filter { !axes.contains($0) }
    outer = StridedWalk(shape: kept.map { shape[$0] }, strides: [kept.map { all[$0] }])
    self.shape = axes.map { shape[$0] }
    strides = axes.map { all[$0] }
  }

  @inline(__always)
  func fold<Element, Total>(
    _ x: UnsafeBufferPointer<Element>, into output: UnsafeMutableBufferPointer<Element>, _ start: Total,
    _ add: (Element, Total) -> Total, finish: (Total) -> Element
  ) {
    outer.rows { row, offsets in
      for column in 0..<outer.rowLength {
        let inner = StridedWalk(
          shape: shape, strides: [strides], offsets: [offsets[0] + column * outer.rowStrides[0]])
        let step = inner.rowStrides[0]
        var total = start
        inner.rows { _, offsets in
          for element in 0..<inner.rowLength { total = add(x[offsets[0] + element * step], total) }
        }
        output[row * outer.rowLength + column] = finish(total)
      }
    }
  }
}

extension Operation {
  /// The position of the largest element; of equal ones the first, or the last.
  public static func argMax(axis: Int, keepsDimensions: Bool, takesLast: Bool = false) -> Operation {
    .plain(PlainOperation(ArgMax(axis: axis, keepsDimensions: keepsDimensions, takesLast: takesLast)))
  }
}

private struct ArgMax: Operator {
  var axis: Int
  var keepsDimensions: Bool
  var takesLast: Bool

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (type, axis) = (try operands.type(0), try operands.axis(axis))
    guard type.shape[axis] > 0 else { throw InferenceError(.invalidGraph, "the searched axis is empty") }
    return [TensorType(reducedShape(type.shape, axes: [axis], keepsDimensions: keepsDimensions), .int64)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    let split = AxisSplit(x.shape, at: try operands.axis(axis))
    let result = try Tensor(shape: types[0].shape) { (output: UnsafeMutableBufferPointer<Int64>) in
      switch x.elementType {
      case .float32: x.withFloats { search($0, split, output) }
      case .int64: x.withIntegers { search($0, split, output) }
      }
    }
    return [result]
  }

  private func search<Element: Comparable>(
    _ x: UnsafeBufferPointer<Element>, _ split: AxisSplit, _ output: UnsafeMutableBufferPointer<Int64>
  ) {
    split.rows { row, first in
      var best = 0
      for k in 1..<max(split.size, 1) {
        let (value, largest) = (x[first + k * split.inner], x[first + best * split.inner])
        if value > largest || takesLast && value == largest { best = k }
      }
      output[row] = Int64(best)
    }
  }
}

/// exp(x − max) / Σ along one axis, or its logarithm.
struct Softmax: Operator {
  var axis: Int
  var isLogarithm: Bool

  func canonical(_ operands: Operands) throws -> Operation? {
    let axis = try operands.axis(axis)
    return isLogarithm ? .logSoftmax(axis: axis) : .softmax(axis: axis)
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] { [try operands.floatType(0)] }

  func keepsItemsApart(_ operands: Operands) -> Bool { axis > 0 }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    let split = AxisSplit(x.shape, at: axis)
    let result = try Tensor(shape: x.shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { x in
        split.rows { _, first in
          let indices = stride(from: first, to: first + split.size * split.inner, by: split.inner)
          let largest = indices.reduce(-Float.infinity) { max($0, x[$1]) }
          let total = indices.reduce(0.0) { $0 + exp(Double(x[$1] - largest)) }
          for index in indices {
            let value = Double(x[index] - largest)
            output[index] = Float(isLogarithm ? value - log(total) : exp(value) / total)
          }
        }
      }
    }
    return [result]
  }
}

extension Operation {
  /// Running sums along an axis: data, axis (int64, one number).
  public static func cumulativeSum(isExclusive: Bool, isReversed: Bool) -> Operation {
    .plain(PlainOperation(CumulativeSum(isExclusive: isExclusive, isReversed: isReversed)))
  }
}

private struct CumulativeSum: Operator {
  /// Whether an element's own value is left out of its sum.
  var isExclusive: Bool
  /// Whether sums run from the last element to the first.
  var isReversed: Bool

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    _ = try axis(operands)
    return [try operands.type(0)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    let split = AxisSplit(x.shape, at: try axis(operands))
    switch x.elementType {
    case .float32:
      let result = try Tensor(shape: x.shape) { (output: UnsafeMutableBufferPointer<Float>) in
        x.withFloats { run($0, split, output) { $0 + $1 } }
      }
      return [result]
    case .int64:
      let result = try Tensor(shape: x.shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        x.withIntegers { run($0, split, output) { $0 &+ $1 } }
      }
      return [result]
    }
  }

  private func axis(_ operands: Operands) throws -> Int {
    guard let number = try operands.optionalScalar(1, "axis") else {
      throw InferenceError(.invalidGraph, "input 1 (axis) is missing")
    }
    return try operands.axis(Int(saturating: number))
  }

  private func run<Element: AdditiveArithmetic>(
    _ x: UnsafeBufferPointer<Element>, _ split: AxisSplit, _ output: UnsafeMutableBufferPointer<Element>,
    _ add: (Element, Element) -> Element
  ) {
    split.rows { _, first in
      var sum = Element.zero
      for step in 0..<split.size {
        let index = first + (isReversed ? split.size - 1 - step : step) * split.inner
        if isExclusive { output[index] = sum }
        sum = add(sum, x[index])
        if !isExclusive { output[index] = sum }
      }
    }
  }
}
