private import Foundation

extension ReferenceKernels {
  /// Combines two tensors that are broadcast to `shape`.
  static func broadcast(_ a: Tensor, _ b: Tensor, _ shape: [Int], _ combine: (Float, Float) -> Float) -> Tensor {
    Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      a.withFloats { a1 in b.withFloats { combineRows(a1, a.shape, b: $0, b.shape, output, shape, combine) } }
    }
  }

  static func binary(_ function: BinaryFunction, _ a: Tensor, _ b: Tensor, _ type: TensorType) -> Tensor {
    switch (a.elementType, type.elementType) {
    case (.float32, .float32):
      return broadcast(a, b, type.shape, function.callAsFunction)
    case (.float32, .int64):
      return Tensor(shape: type.shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        a.withFloats { a1 in
          b.withFloats {
            combineRows(a1, a.shape, b: $0, b.shape, output, type.shape) { function.holds($0, $1) ? 1 : 0 }
          }
        }
      }
    case (.int64, _):
      return Tensor(shape: type.shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        a.withIntegers { a1 in
          b.withIntegers { combineRows(a1, a.shape, b: $0, b.shape, output, type.shape, function.integers) }
        }
      }
    }
  }

  private static func combineRows<Element, Result>(
    _ a: UnsafeBufferPointer<Element>, _ aShape: [Int], b: UnsafeBufferPointer<Element>, _ bShape: [Int],
    _ output: UnsafeMutableBufferPointer<Result>, _ shape: [Int], _ combine: (Element, Element) -> Result
  ) {
    let walk = StridedWalk(
      shape: shape, strides: [broadcastStrides(aShape, to: shape), broadcastStrides(bShape, to: shape)])
    let steps = walk.rowStrides
    walk.rows { row, offsets in
      for column in 0..<walk.rowLength {
        output[row * walk.rowLength + column] = combine(
          a[offsets[0] + column * steps[0]], b[offsets[1] + column * steps[1]])
      }
    }
  }

  /// a where the condition is not 0, else b.
  static func select(_ condition: Tensor, _ a: Tensor, _ b: Tensor, _ type: TensorType) -> Tensor {
    let holds = expand(cast(condition, to: .int64), type.shape).integers
    switch type.elementType {
    case .float32:
      let (a, b) = (expand(a, type.shape).floats, expand(b, type.shape).floats)
      return Tensor(shape: type.shape, holds.indices.map { holds[$0] != 0 ? a[$0] : b[$0] })
    case .int64:
      let (a, b) = (expand(a, type.shape).integers, expand(b, type.shape).integers)
      return Tensor(shape: type.shape, holds.indices.map { holds[$0] != 0 ? a[$0] : b[$0] })
    }
  }
}

extension BinaryFunction {
  func callAsFunction(_ a: Float, _ b: Float) -> Float {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: pow(a, b)
    case .maximum: Swift.max(a, b)
    case .minimum: Swift.min(a, b)
    case .modulo: fmod(a, b)
    case .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .and, .or: holds(a, b) ? 1 : 0
    }
  }

  func holds<Number: Comparable & Numeric>(_ a: Number, _ b: Number) -> Bool {
    switch self {
    case .equal: a == b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .and: a != 0 && b != 0
    case .or: a != 0 || b != 0
    case .add, .subtract, .multiply, .divide, .power, .maximum, .minimum, .modulo: false
    }
  }

  /// Wraps around on overflow; division by zero gives 0.
  func integers(_ a: Int64, _ b: Int64) -> Int64 {
    switch self {
    case .add: a &+ b
    case .subtract: a &- b
    case .multiply: a &* b
    case .divide: b == 0 ? 0 : a.dividedReportingOverflow(by: b).partialValue
    case .power: Int64(saturating: Float(pow(Double(a), Double(b))))
    case .maximum: Swift.max(a, b)
    case .minimum: Swift.min(a, b)
    case .modulo: floorModulo(a, b)
    case .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .and, .or: holds(a, b) ? 1 : 0
    }
  }

  /// The remainder takes the sign of the divisor, as in ONNX and Python.
  private func floorModulo(_ a: Int64, _ b: Int64) -> Int64 {
    guard b != 0 else { return 0 }
    let remainder = a.remainderReportingOverflow(dividingBy: b).partialValue
    return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
  }
}
