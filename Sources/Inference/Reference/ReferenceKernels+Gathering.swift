extension ReferenceKernels {
  /// Takes slices along `axis`; negative indices count from the back.
  static func gather(_ x: Tensor, indices: Tensor, axis: Int, _ type: TensorType) throws -> Tensor {
    let positions = try indices.integers.map { try resolved($0, size: x.shape[axis], axis: axis) }
    let inner = x.shape[(axis + 1)...].reduce(1, *)
    let blocks = (0..<x.shape[..<axis].reduce(1, *)).flatMap { outer in
      positions.map { outer * x.shape[axis] + $0 }
    }
    return copied(x, blocks: blocks, size: inner, type)
  }

  /// Takes one block for each tuple of positions in the last axis of `indices`.
  static func gatherND(
    _ x: Tensor, indices: Tensor, batchDimensions: Int, _ type: TensorType
  ) throws -> Tensor {
    let length = indices.shape[indices.shape.count - 1]
    let axes = batchDimensions..<batchDimensions + length
    let batches = x.shape[..<batchDimensions].reduce(1, *)
    let all = indices.integers
    let perBatch = batches == 0 ? 0 : all.count / length / batches
    let blocks = try (0..<batches * perBatch).map { tuple in
      try axes.reduce(tuple / perBatch) { block, axis in
        let position = all[tuple * length + axis - batchDimensions]
        return block * x.shape[axis] + (try resolved(position, size: x.shape[axis], axis: axis))
      }
    }
    return copied(x, blocks: blocks, size: x.shape[axes.upperBound...].reduce(1, *), type)
  }

  private static func resolved(_ index: Int64, size: Int, axis: Int) throws -> Int {
    guard index >= -Int64(size), index < Int64(size) else {
      throw InferenceError(.invalidInput, "index \(index) is outside the \(size) elements of axis \(axis)")
    }
    return Int(index < 0 ? index + Int64(size) : index)
  }

  /// Blocks of `size` elements of `x`, one after the other.
  private static func copied(_ x: Tensor, blocks: [Int], size: Int, _ type: TensorType) -> Tensor {
    func fill<Element>(_ x: UnsafeBufferPointer<Element>, _ output: UnsafeMutableBufferPointer<Element>) {
      for (number, block) in blocks.enumerated() {
        for index in 0..<size {
          output[number * size + index] = x[block * size + index]
        }
      }
    }
    switch type.elementType {
    case .float32: return Tensor(shape: type.shape, fillingFloats: { output in x.withFloats { fill($0, output) } })
    case .int64: return Tensor(shape: type.shape, fillingIntegers: { output in x.withIntegers { fill($0, output) } })
    }
  }
}
