extension ReferenceKernels {
  /// A tensor whose element at index i is `x` at offset + Σ i · stride.
  private static func strided(_ x: Tensor, _ shape: [Int], strides: [Int], offset: Int = 0) -> Tensor {
    let walk = StridedWalk(shape: shape, strides: [strides], offsets: [offset])
    switch x.elementType {
    case .float32:
      return Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
        x.withFloats { copy($0, walk, output) }
      }
    case .int64:
      return Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Int64>) in
        x.withIntegers { copy($0, walk, output) }
      }
    }
  }

  private static func copy<Element>(
    _ x: UnsafeBufferPointer<Element>, _ walk: StridedWalk, _ output: UnsafeMutableBufferPointer<Element>
  ) {
    let (length, step) = (walk.rowLength, walk.rowStrides[0])
    walk.rows { row, offsets in
      for column in 0..<length {
        output[row * length + column] = x[offsets[0] + column * step]
      }
    }
  }

  static func expand(_ x: Tensor, _ shape: [Int]) -> Tensor {
    x.shape == shape ? x : strided(x, shape, strides: broadcastStrides(x.shape, to: shape))
  }

  static func transpose(_ x: Tensor, _ permutation: [Int]) -> Tensor {
    let strides = rowMajorStrides(x.shape)
    return strided(x, permutation.map { x.shape[$0] }, strides: permutation.map { strides[$0] })
  }

  static func slice(_ x: Tensor, _ geometry: SliceGeometry) -> Tensor {
    let strides = rowMajorStrides(x.shape)
    let offset = zip(geometry.starts, strides).map(*).reduce(0, +)
    return strided(x, geometry.shape, strides: zip(strides, geometry.steps).map(*), offset: offset)
  }

  /// One axis is repeated at a time, seen as a new axis in front of it.
  static func tile(_ x: Tensor, _ shape: [Int]) -> Tensor {
    var strides: [Int] = []
    var interleaved: [Int] = []
    for (axis, stride) in rowMajorStrides(x.shape).enumerated() {
      interleaved += [x.shape[axis] == 0 ? 0 : shape[axis] / x.shape[axis], x.shape[axis]]
      strides += [0, stride]
    }
    return strided(x, interleaved, strides: strides).reshaped(shape)
  }

  static func split(_ x: Tensor, axis: Int, _ types: [TensorType]) -> [Tensor] {
    let strides = rowMajorStrides(x.shape)
    var start = 0
    return types.map { type in
      defer { start += type.shape[axis] }
      return strided(x, type.shape, strides: strides, offset: start * strides[axis])
    }
  }

  static func depthToSpace(_ x: Tensor, blockSize: Int, columnMajor: Bool) -> Tensor {
    let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    let channels = c / (blockSize * blockSize)
    // Channel index is (block row, block column, channel), or channel first in column-row-depth order.
    let unfolded =
      columnMajor ? [n, channels, blockSize, blockSize, h, w] : [n, blockSize, blockSize, channels, h, w]
    let order = columnMajor ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]
    return transpose(x.reshaped(unfolded), order).reshaped([n, channels, h * blockSize, w * blockSize])
  }

  static func spaceToDepth(_ x: Tensor, blockSize: Int) -> Tensor {
    let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2] / blockSize, x.shape[3] / blockSize)
    return transpose(x.reshaped([n, c, h, blockSize, w, blockSize]), [0, 3, 5, 1, 2, 4])
      .reshaped([n, c * blockSize * blockSize, h, w])
  }

  static func concatenate(_ parts: [Tensor], axis: Int, _ type: TensorType) -> Tensor {
    let outer = type.shape[..<axis].reduce(1, *)
    let inner = type.shape[(axis + 1)...].reduce(1, *)
    func fill<Element>(
      _ output: UnsafeMutableBufferPointer<Element>, _ elements: (Tensor) -> [Element]
    ) {
      var start = 0
      for part in parts {
        let block = part.shape[axis] * inner
        let source = elements(part)
        for o in 0..<outer {
          for index in 0..<block {
            output[o * type.shape[axis] * inner + start + index] = source[o * block + index]
          }
        }
        start += block
      }
    }
    switch type.elementType {
    case .float32: return Tensor(shape: type.shape, fillingFloats: { fill($0, \.floats) })
    case .int64: return Tensor(shape: type.shape, fillingIntegers: { fill($0, \.integers) })
    }
  }
}
