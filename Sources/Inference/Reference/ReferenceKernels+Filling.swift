extension ReferenceKernels {
  static func filled(_ type: TensorType, _ value: Float) -> Tensor {
    switch type.elementType {
    case .float32: Tensor(shape: type.shape, fillingFloats: { $0.initialize(repeating: value) })
    case .int64: Tensor(shape: type.shape, fillingIntegers: { $0.initialize(repeating: Int64(saturating: value)) })
    }
  }

  /// start, start + step, …
  static func range(_ start: Tensor, step: Tensor, _ type: TensorType) -> Tensor {
    switch type.elementType {
    case .float32:
      let (first, step) = (start.floats[0], step.floats[0])
      return Tensor(shape: type.shape, (0..<type.count).map { first + Float($0) * step })
    case .int64:
      let (first, step) = (start.integers[0], step.integers[0])
      return Tensor(shape: type.shape, (0..<type.count).map { first &+ Int64($0) &* step })
    }
  }

  static func pad(_ x: Tensor, _ geometry: PadGeometry, _ mode: PadMode, value: Float) -> Tensor {
    // For each axis, where every output position reads from; nil for the constant.
    let sources: [[Int?]] = x.shape.indices.map { axis in
      let size = x.shape[axis]
      return (0..<geometry.shape[axis]).map { position in
        let index = position - geometry.before[axis]
        if index >= 0, index < size { return index }
        return switch mode {
        case .constant: nil
        case .edge: min(max(index, 0), size - 1)
        case .reflect: index < 0 ? -index : 2 * (size - 1) - index
        }
      }
    }
    let strides = rowMajorStrides(x.shape)
    func fill<Element>(
      _ x: UnsafeBufferPointer<Element>, _ output: UnsafeMutableBufferPointer<Element>, _ constant: Element
    ) {
      let outputStrides = rowMajorStrides(geometry.shape)
      for index in output.indices {
        var offset: Int? = 0
        for axis in sources.indices {
          let position = index / outputStrides[axis] % geometry.shape[axis]
          guard let known = offset, let source = sources[axis][position] else {
            offset = nil
            break
          }
          offset = known + source * strides[axis]
        }
        output[index] = offset.map { x[$0] } ?? constant
      }
    }
    switch x.elementType {
    case .float32:
      return Tensor(shape: geometry.shape, fillingFloats: { output in x.withFloats { fill($0, output, value) } })
    case .int64:
      return Tensor(
        shape: geometry.shape,
        fillingIntegers: { output in x.withIntegers { fill($0, output, Int64(saturating: value)) } })
    }
  }
}
