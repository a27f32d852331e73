private import Foundation

/// Two tensors with NumPy broadcasting.
struct BinaryOperator: Operator {
  var function: BinaryFunction

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (a, b) = (try operands.type(0, "a"), try operands.type(1, "b"))
    guard a.elementType == b.elementType else { throw InferenceError(.invalidGraph, "combines \(a) with \(b)") }
    let shape = try broadcastShape(a.shape, b.shape)
    return [TensorType(shape, function.isPredicate ? .int64 : a.elementType)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.areAligned }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (a, b, shape) = (try operands.tensor(0), try operands.tensor(1), types[0].shape)
    if a.elementType == .float32, !function.isPredicate {
      return [try broadcast(a, b, shape) { function($0, $1) }]
    }
    let result = try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
      switch a.elementType {
      case .float32:
        a.withFloats { left in
          b.withFloats { combineRows(left, a.shape, $0, b.shape, output, shape) { function.holds($0, $1) ? 1 : 0 } }
        }
      case .int64:
        a.withIntegers { left in
          b.withIntegers { combineRows(left, a.shape, $0, b.shape, output, shape, function.integers) }
        }
      }
    }
    return [result]
  }
}

/// a where the condition is not 0, else b; all three are broadcast.
struct Select: Operator {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (a, b) = (try operands.type(1, "a"), try operands.type(2, "b"))
    guard a.elementType == b.elementType else {
      throw InferenceError(.invalidGraph, "chooses between floats and integers")
    }
    let shape = try broadcastShape(operands.type(0, "condition").shape, broadcastShape(a.shape, b.shape))
    return [TensorType(shape, a.elementType)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.areAligned }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let shape = types[0].shape
    let condition = try operands.tensor(0).converted(to: .int64).expanded(to: shape)
    let (a, b) = (try operands.tensor(1).expanded(to: shape), try operands.tensor(2).expanded(to: shape))
    let size = a.elementType.byteCount
    let result = try Tensor(types[0]) { output in
      condition.withIntegers { condition in
        a.withBytes { a in
          b.withBytes { b in
            for index in condition.indices {
              let source = condition[index] != 0 ? a : b
              let element = index * size..<(index + 1) * size
              UnsafeMutableRawBufferPointer(rebasing: output[element])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[element]))
            }
          }
        }
      }
    }
    return [result]
  }
}

extension BinaryFunction {
  /// Comparisons and logic give 0 or 1 as integers.
  public var isPredicate: Bool {
    switch self {
    case .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .and, .or: true
    default: false
    }
  }

  func callAsFunction(_ a: Float, _ b: Float) -> Float {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: pow(a, b)
    case .maximum: Swift.max(a, b)
    case .minimum: Swift.min(a, b)
    case .modulo, .remainder: fmod(a, b)
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
    default: false
    }
  }

  /// Wraps around on overflow; division by zero gives 0.
  func integers(_ a: Int64, _ b: Int64) -> Int64 {
    switch self {
    case .add: a &+ b
    case .subtract: a &- b
    case .multiply: a &* b
    case .divide: b == 0 ? 0 : a.dividedReportingOverflow(by: b).partialValue
    case .power: Int64(saturating: pow(Double(a), Double(b)))
    case .maximum: Swift.max(a, b)
    case .minimum: Swift.min(a, b)
    case .modulo: floorModulo(a, b)
    case .remainder: b == 0 ? 0 : a.remainderReportingOverflow(dividingBy: b).partialValue
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
