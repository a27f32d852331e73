/// What kernels of several operations are made of.
extension Tensor {
  func mapped(_ function: (Float) -> Float) throws -> Tensor {
    try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      withFloats { x in
        for index in output.indices { output[index] = function(x[index]) }
      }
    }
  }

  func mappedIntegers(_ function: (Int64) -> Int64) throws -> Tensor {
    try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
      withIntegers { x in
        for index in output.indices { output[index] = function(x[index]) }
      }
    }
  }

  func converted(to target: ElementType) throws -> Tensor {
    switch (elementType, target) {
    case (.float32, .int64):
      try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        withFloats { x in
          for index in output.indices { output[index] = Int64(saturating: x[index]) }
        }
      }
    case (.int64, .float32):
      try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
        withIntegers { x in
          for index in output.indices { output[index] = Float(x[index]) }
        }
      }
    default: self
    }
  }

  /// The elements at `offset` + Σ i · stride.
  func strided(_ shape: [Int], strides: [Int], offset: Int = 0) throws -> Tensor {
    let walk = StridedWalk(shape: shape, strides: [strides], offsets: [offset])
    switch elementType {
    case .float32:
      return try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
        withFloats { copy($0, walk, output) }
      }
    case .int64:
      return try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        withIntegers { copy($0, walk, output) }
      }
    }
  }

  func expanded(to shape: [Int]) throws -> Tensor {
    self.shape == shape ? self : try strided(shape, strides: broadcastStrides(self.shape, to: shape))
  }

  func transposed(_ permutation: [Int]) throws -> Tensor {
    let strides = rowMajorStrides(shape)
    return try strided(permutation.map { shape[$0] }, strides: permutation.map { strides[$0] })
  }

  /// A tensor of `shape` made of blocks of `size` elements, each a copy of this one's block number `source`.
  func blocks(_ shape: [Int], size: Int, _ source: (_ block: Int) throws -> Int) throws -> Tensor {
    let count = size == 0 ? 0 : shape.reduce(1, *) / size
    func fill(_ output: UnsafeMutableRawBufferPointer) throws {
      let byteCount = size * elementType.byteCount
      try withBytes { x in
        for block in 0..<count {
          let from = try source(block) * byteCount
          UnsafeMutableRawBufferPointer(rebasing: output[block * byteCount..<(block + 1) * byteCount])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: x[from..<from + byteCount]))
        }
      }
    }
    return try Tensor(TensorType(shape, elementType), fillingBytes: fill)
  }

  /// A tensor of any type that `body` fills with the bytes of its elements.
  init(_ type: TensorType, fillingBytes body: (UnsafeMutableRawBufferPointer) throws -> Void) throws {
    switch type.elementType {
    case .float32: try self.init(shape: type.shape, fillingFloats: { try body(UnsafeMutableRawBufferPointer($0)) })
    case .int64: try self.init(shape: type.shape, fillingIntegers: { try body(UnsafeMutableRawBufferPointer($0)) })
    }
  }

  func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    switch elementType {
    case .float32: try withFloats { try body(UnsafeRawBufferPointer($0)) }
    case .int64: try withIntegers { try body(UnsafeRawBufferPointer($0)) }
    }
  }
}

private func copy<Element>(
  _ x: UnsafeBufferPointer<Element>, _ walk: StridedWalk, _ output: UnsafeMutableBufferPointer<Element>
) {
  let (length, step) = (walk.rowLength, walk.rowStrides[0])
  walk.rows { row, offsets in
    for column in 0..<length {
      output[row * length + column] = x[offsets[0] + column * step]
    }
  }
}

/// Combines two tensors of one type that are broadcast to `shape`.
func broadcast(_ a: Tensor, _ b: Tensor, _ shape: [Int], _ combine: (Float, Float) -> Float) throws -> Tensor {
  try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
    a.withFloats { left in b.withFloats { combineRows(left, a.shape, $0, b.shape, output, shape, combine) } }
  }
}

/// As `broadcast`, over the elements of the tensors.
func combineRows<Element, Result>(
  _ a: UnsafeBufferPointer<Element>, _ aShape: [Int], _ b: UnsafeBufferPointer<Element>, _ bShape: [Int],
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
