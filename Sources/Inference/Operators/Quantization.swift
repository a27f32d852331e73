/// Where the integers of a quantised tensor end.
public struct IntegerRange: Hashable, Sendable {
  public var low: Int
  public var high: Int

  public init(_ range: ClosedRange<Int>) {
    (low, high) = (range.lowerBound, range.upperBound)
  }
}

/// The numbers that a quantised value can stand for: `scale` times the integers from `low` to `high`.
public struct QuantizationGrid: Hashable, Sendable {
  public var scale: Float
  /// Integers.
  public var low: Float
  public var high: Float

  public init(scale: Float, low: Float, high: Float) {
    self.scale = scale
    self.low = low
    self.high = high
  }

  /// The number of the grid that is nearest, of two the even one.
  @inline(__always)
  func rounded(_ x: Float) -> Float {
    // The bounds are integers, so they may be applied first; then adding 1.5 · 2²³ rounds to integers.
    let bounded = Swift.min(Swift.max(x / scale, low), high)
    return ((bounded + 0x1.8p23) - 0x1.8p23) * scale
  }

  /// Rounds `count` numbers; `target` may be `source`.
  public func round(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
    for index in 0..<count { target[index] = rounded(source[index]) }
  }
}

extension Operation {
  /// data, scale, zero point (int64, optional) → integers of `range`: round(data / scale) + zero point, of two nearest the
  /// even one. Scales are one number, one for each position along `axis`, or, with a block size, one for that many.
  public static func quantizeLinear(_ range: IntegerRange, axis: Int, blockSize: Int = 0) -> Operation {
    .plain(PlainOperation(QuantizeLinear(range: range, axis: axis, blockSize: blockSize)))
  }

  /// data (integers, or floats that hold such), scale, zero point (optional) → (data − zero point) · scale, as floats.
  public static func dequantizeLinear(axis: Int, blockSize: Int = 0) -> Operation {
    .plain(PlainOperation(DequantizeLinear(axis: axis, blockSize: blockSize)))
  }
}

struct QuantizeLinear: Operator {
  var range: IntegerRange
  var axis: Int
  var blockSize: Int

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.floatType(0)
    _ = try QuantizationScales(operands, axis: axis, blockSize: blockSize)
    return [TensorType(type.shape, .int64)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.isShared(1) && operands.isShared(2) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let scales = try QuantizationScales(operands, axis: axis, blockSize: blockSize)
    let (scale, zeroPoint) = (try operands.tensor(1).floats, operands.optionalTensor(2)?.integers)
    let result = try Tensor(shape: types[0].shape) { (output: UnsafeMutableBufferPointer<Int64>) in
      try operands.tensor(0).withFloats { x in
        for index in output.indices {
          let place = scales.place(of: index)
          let zero = zeroPoint?[place] ?? 0
          let rounded = Int64(saturating: (x[index] / scale[place]).rounded(.toNearestOrEven))
          let sum = rounded.addingReportingOverflow(zero)
          let moved = sum.overflow ? rounded : sum.partialValue
          output[index] = min(max(moved, Int64(range.low)), Int64(range.high))
        }
      }
    }
    return [result]
  }
}

struct DequantizeLinear: Operator {
  var axis: Int
  var blockSize: Int

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.type(0)
    _ = try QuantizationScales(operands, axis: axis, blockSize: blockSize)
    return [TensorType(type.shape)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { operands.isShared(1) && operands.isShared(2) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let scales = try QuantizationScales(operands, axis: axis, blockSize: blockSize)
    let x = try operands.tensor(0)
    let scale = try operands.tensor(1).floats
    let zeroPoint = try operands.optionalTensor(2)?.converted(to: x.elementType)
    let result = try Tensor(shape: types[0].shape) { (output: UnsafeMutableBufferPointer<Float>) in
      switch x.elementType {
      case .int64:
        let zeros = zeroPoint?.integers
        x.withIntegers { x in
          for index in output.indices {
            let place = scales.place(of: index)
            output[index] = Float(x[index] &- (zeros?[place] ?? 0)) * scale[place]
          }
        }
      case .float32:
        let zeros = zeroPoint?.floats
        x.withFloats { x in
          for index in output.indices {
            let place = scales.place(of: index)
            output[index] = (x[index] - (zeros?[place] ?? 0)) * scale[place]
          }
        }
      }
    }
    return [result]
  }
}

/// Rounds floats to a grid, as quantising them and back does.
struct RoundToGrid: Operator {
  var grid: QuantizationGrid

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] { [try operands.floatType(0)] }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try operands.tensor(0).mapped(grid.rounded)]
  }
}

/// Which scale each element of the data (input 0) has: inputs 1 and 2 are checked to fit.
private struct QuantizationScales {
  private var split: AxisSplit
  private var blockSize: Int
  private enum Kind { case one, axis, blocks }
  private let kind: Kind

  init(_ operands: Operands, axis: Int, blockSize: Int) throws {
    let (data, scale) = (try operands.type(0), try operands.floatType(1, "scale"))
    if let zero = operands.optionalType(2), zero.shape != scale.shape, !(zero.count == 1 && scale.count == 1) {
      throw InferenceError(.invalidGraph, "the zero point is \(zero), the scale \(scale)")
    }
    self.blockSize = max(blockSize, 1)
    guard scale.count != 1 || scale.rank > 1 else {
      (kind, split) = (.one, AxisSplit([1], at: 0))
      return
    }
    let axis = try operands.axis(axis)
    split = AxisSplit(data.shape, at: axis)
    var wanted = [data.shape[axis]]
    if blockSize > 0 {
      wanted = data.shape
      wanted[axis] = (data.shape[axis] - 1) / blockSize + 1
    }
    kind = blockSize > 0 ? .blocks : .axis
    guard scale.shape == wanted else {
      throw InferenceError(.invalidGraph, "the scale is \(scale), not of shape \(wanted)")
    }
  }

  @inline(__always)
  func place(of index: Int) -> Int {
    switch kind {
    case .one: return 0
    case .axis: return index / split.inner % split.size
    case .blocks:
      let position = index / split.inner % split.size
      let outer = index / (split.inner * split.size)
      return (outer * ((split.size - 1) / blockSize + 1) + position / blockSize) * split.inner + index % split.inner
    }
  }
}
