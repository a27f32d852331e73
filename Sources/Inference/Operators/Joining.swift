/// Any number of tensors side by side along one axis.
struct Concatenate: Operator {
  var axis: Int

  func canonical(_ operands: Operands) throws -> Operation? { .concatenate(axis: try operands.axis(axis)) }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    var type = try operands.type(0)
    for index in operands.all.indices.dropFirst() {
      let next = try operands.type(index)
      var expected = type.shape
      if next.rank == type.rank { expected[axis] = next.shape[axis] }
      guard next.shape == expected, next.elementType == type.elementType else {
        throw InferenceError(.invalidGraph, "cannot join \(next) to \(type) along axis \(axis)")
      }
      type.shape[axis] = try checkedSum(type.shape[axis], next.shape[axis])
    }
    return [type]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { axis > 0 && operands.areAligned }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let type = types[0]
    let split = AxisSplit(type.shape, at: axis)
    let row = split.size * split.inner * type.elementType.byteCount
    let parts = operands.all.compactMap { $0?.value }
    let result = try Tensor(type) { output in
      var start = 0
      for part in parts {
        let block = part.shape[axis] * split.inner * type.elementType.byteCount
        part.withBytes { source in
          for o in 0..<split.outer {
            UnsafeMutableRawBufferPointer(rebasing: output[o * row + start..<o * row + start + block])
              .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[o * block..<(o + 1) * block]))
          }
        }
        start += block
      }
    }
    return [result]
  }
}

/// Parts along one axis, of the sizes in input 1; equal ones (the last may be smaller) where none are given.
struct Split: Operator {
  var axis: Int

  func canonical(_ operands: Operands) throws -> Operation? { .split(axis: try operands.axis(axis)) }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.type(0)
    return try sizes(operands, outputCount: outputCount).map { size in
      var shape = type.shape
      shape[axis] = size
      return TensorType(shape, type.elementType)
    }
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { axis > 0 && operands.isShared(1) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    let strides = rowMajorStrides(x.shape)
    var start = 0
    return try types.map { type in
      defer { start += type.shape[axis] }
      return try x.strided(type.shape, strides: strides, offset: start * strides[axis])
    }
  }

  private func sizes(_ operands: Operands, outputCount: Int) throws -> [Int] {
    let size = try operands.type(0).shape[axis]
    let sizes: [Int]
    if let given = try operands.optionalIntegers(1, "sizes") {
      sizes = given
    } else {
      let part = (size + outputCount - 1) / max(outputCount, 1)
      sizes = (0..<outputCount).map { min(part, max(0, size - $0 * part)) }
    }
    guard sizes.count == outputCount, sizes.allSatisfy({ $0 >= 0 && $0 <= size }), sizes.reduce(0, +) == size else {
      throw InferenceError(.invalidGraph, "cannot split \(size) elements into \(outputCount) parts of \(sizes)")
    }
    return sizes
  }
}

/// Data, starts, ends, axes (optional), steps (optional).
struct Slice: Operator {
  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [TensorType(try SliceGeometry(operands).shape, try operands.type(0).elementType)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, geometry) = (try operands.tensor(0), try SliceGeometry(operands))
    let strides = rowMajorStrides(x.shape)
    let offset = zip(geometry.starts, strides).map(*).reduce(0, +)
    return [try x.strided(geometry.shape, strides: zip(strides, geometry.steps).map(*), offset: offset)]
  }
}

/// Data, pads, value (optional), axes (optional).
struct Pad: Operator {
  var mode: PadMode

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [TensorType(try PadGeometry(operands, mode: mode).shape, try operands.type(0).elementType)]
  }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (x, shape) = (try operands.tensor(0), types[0].shape)
    let sources = try PadGeometry(operands, mode: mode).sources(x.shape, mode)
    let value = try operands.optionalScalar(2, "value") ?? 0
    switch x.elementType {
    case .float32:
      let result = try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
        x.withFloats { fill(output, shape, from: $0, x.shape, sources, value) }
      }
      return [result]
    case .int64:
      let result = try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        x.withIntegers { fill(output, shape, from: $0, x.shape, sources, Int64(saturating: value)) }
      }
      return [result]
    }
  }

  private func fill<Element>(
    _ output: UnsafeMutableBufferPointer<Element>, _ shape: [Int], from x: UnsafeBufferPointer<Element>,
    _ inputShape: [Int], _ sources: [[Int?]], _ constant: Element
  ) {
    let (outputStrides, strides) = (rowMajorStrides(shape), rowMajorStrides(inputShape))
    for index in output.indices {
      var offset: Int? = 0
      for axis in sources.indices {
        let position = index / outputStrides[axis] % shape[axis]
        guard let known = offset, let source = sources[axis][position] else {
          offset = nil
          break
        }
        offset = known + source * strides[axis]
      }
      output[index] = offset.map { x[$0] } ?? constant
    }
  }
}
