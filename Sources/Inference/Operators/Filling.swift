/// Data, shape: broadcast to it.
struct Expand: Operator {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.type(0)
    return [TensorType(try broadcastShape(type.shape, operands.integers(1, "shape")), type.elementType)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try operands.tensor(0).expanded(to: types[0].shape)]
  }
}

/// Data, how often it is repeated along each axis.
struct Tile: Operator {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (type, repeats) = (try operands.type(0), try operands.integers(1, "repeats"))
    guard repeats.count == type.rank else {
      throw InferenceError(.invalidGraph, "\(repeats.count) repeats for \(type.rank) dimensions")
    }
    return [TensorType(try zip(type.shape, repeats).map { try checkedProduct($0, $1) }, type.elementType)]
  }

  /// One axis is repeated at a time, seen as a new axis in front of it.
  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, shape) = (try operands.tensor(0), types[0].shape)
    var strides: [Int] = []
    var interleaved: [Int] = []
    for (axis, stride) in rowMajorStrides(x.shape).enumerated() {
      interleaved += [x.shape[axis] == 0 ? 0 : shape[axis] / x.shape[axis], x.shape[axis]]
      strides += [0, stride]
    }
    return [try x.strided(interleaved, strides: strides).reshaped(shape)]
  }
}

/// The dimensions of the data from `start` to `end`, as integers.
struct Shape: Operator {
  var start: Int
  var end: Int?

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [TensorType([range(of: try operands.type(0).shape).count], .int64)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let range = range(of: try operands.type(0).shape)
    return [Tensor(shape: [range.count], range.map(Int64.init))]
  }

  /// Bounds are clamped as ONNX says.
  private func range(of shape: [Int]) -> ArraySlice<Int> {
    func clamped(_ bound: Int) -> Int {
      min(max(bound < 0 ? max(bound, -shape.count) + shape.count : bound, 0), shape.count)
    }
    let first = clamped(start)
    return shape[first..<max(first, clamped(end ?? shape.count))]
  }
}

extension Operation {
  /// shape (int64) → a tensor full of `value`, as float or integer.
  public static func constantOfShape(value: Float, _ elementType: Tensor.ElementType) -> Operation {
    .plain(PlainOperation(ConstantOfShape(value: value, elementType: elementType)))
  }

  /// start, limit, delta → start, start + delta, … up to the limit.
  public static let range = Operation.plain(PlainOperation(NumberRange()))
}

private struct ConstantOfShape: Operator {
  var value: Float
  var elementType: Tensor.ElementType

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [TensorType(try operands.integers(0, "shape"), elementType)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let shape = types[0].shape
    switch elementType {
    case .float32: return [try Tensor(shape: shape, fillingFloats: { $0.initialize(repeating: value) })]
    case .int64:
      return [try Tensor(shape: shape, fillingIntegers: { $0.initialize(repeating: Int64(saturating: value)) })]
    }
  }
}

private struct NumberRange: Operator {
  var name: String { "range" }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let types = try ["start", "limit", "delta"].enumerated().map { try operands.type($0, $1) }
    guard types.allSatisfy({ $0.count == 1 && $0.elementType == types[0].elementType }) else {
      throw InferenceError(.invalidGraph, "start, limit and step must be one number each, of one type")
    }
    let numbers = try (0..<3).map { index in
      guard let value = operands.optionalTensor(index) else { throw Operands.DataDependent() }
      return value
    }
    return [TensorType([try count(numbers)], types[0].elementType)]
  }

  private func count(_ numbers: [Tensor]) throws -> Int {
    let noStep = InferenceError(.invalidGraph, "the step must be a number other than 0")
    switch numbers[0].elementType {
    case .float32:
      let (start, limit, delta) = (numbers[0].floats[0], numbers[1].floats[0], numbers[2].floats[0])
      guard delta != 0, !delta.isNaN else { throw noStep }
      return max(0, Int(saturating: ((Double(limit) - Double(start)) / Double(delta)).rounded(.up)))
    case .int64:
      let (start, limit, delta) = (numbers[0].integers[0], numbers[1].integers[0], numbers[2].integers[0])
      guard delta != 0 else { throw noStep }
      guard delta > 0 ? start < limit : start > limit else { return 0 }
      let span = (start < limit ? start.distance(upTo: limit) : limit.distance(upTo: start))
      return Int(clamping: (span - 1) / delta.magnitude + 1)
    }
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (start, delta, shape) = (try operands.tensor(0), try operands.tensor(2), types[0].shape)
    switch start.elementType {
    case .float32:
      let (first, step) = (start.floats[0], delta.floats[0])
      let result = try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
        for index in output.indices { output[index] = first + Float(index) * step }
      }
      return [result]
    case .int64:
      let (first, step) = (start.integers[0], delta.integers[0])
      let result = try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        for index in output.indices { output[index] = first &+ Int64(index) &* step }
      }
      return [result]
    }
  }
}

extension Int64 {
  /// `other` − `self`, of which `other` is not the smaller one.
  fileprivate func distance(upTo other: Int64) -> UInt64 {
    UInt64(bitPattern: other) &- UInt64(bitPattern: self)
  }
}
