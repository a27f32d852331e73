struct MaxPool: Operator {
  var pooling: Pooling

  func canonical(_ operands: Operands) throws -> Operation? {
    .maxPool(try pooling.resolved(input: operands.imageType().shape))
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [TensorType(try pooling.outputShape(input: operands.imageType().shape))]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    [try pooling.pool(operands.tensor(0), types[0].shape) { window, _ in window.max() ?? -.infinity }]
  }
}

/// The divisor counts the window's pixels inside the image or, where `countsPadding`, inside the padded image; pixels
/// that only rounding up the output size reaches never count.
struct AveragePool: Operator {
  var pooling: Pooling
  var countsPadding: Bool

  func canonical(_ operands: Operands) throws -> Operation? {
    .averagePool(try pooling.resolved(input: operands.imageType().shape), countsPadding: countsPadding)
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [TensorType(try pooling.outputShape(input: operands.imageType().shape))]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let result = try pooling.pool(operands.tensor(0), types[0].shape) { window, paddedCount in
      window.reduce(0, +) / Float(max(countsPadding ? paddedCount : window.count, 1))
    }
    return [result]
  }
}

/// One number a channel: all of its pixels reduced.
struct GlobalPool: Operator {
  var reduction: Reduction

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.floatType(0)
    guard type.rank >= 2 else { throw InferenceError(.invalidGraph, "the data has no channels") }
    return [TensorType(type.shape[..<2] + Array(repeating: 1, count: type.rank - 2))]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { true }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    return [try reduction.reduced(x, axes: Array(2..<x.shape.count), types[0].shape)]
  }
}

extension Pooling {
  /// Hands each window's pixels, and how many positions it has inside the padded image, to `summarise`.
  fileprivate func pool(
    _ x: Tensor, _ shape: [Int], _ summarise: ([Float], _ paddedCount: Int) -> Float
  ) throws -> Tensor {
    let (height, width) = (x.shape[2], x.shape[3])
    func positions(_ axis: Int, _ index: Int, size: Int) -> (inside: [Int], paddedCount: Int) {
      let first = index * strides[axis] - padding[axis]
      let end = size + padding[axis + 2]
      func count(below limit: Int) -> Int {
        limit <= first ? 0 : min(kernel[axis], (limit - first - 1) / dilations[axis] + 1)
      }
      let inside = (count(below: 0)..<count(below: size)).map { first + $0 * dilations[axis] }
      return (inside, count(below: end))
    }
    let rows = (0..<shape[2]).map { positions(0, $0, size: height) }
    let columns = (0..<shape[3]).map { positions(1, $0, size: width) }
    return try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { x in
        var index = 0
        var window: [Float] = []
        for plane in 0..<shape[0] * shape[1] {
          for row in rows {
            for column in columns {
              window.removeAll(keepingCapacity: true)
              for y in row.inside {
                for x0 in column.inside {
                  window.append(x[(plane * height + y) * width + x0])
                }
              }
              output[index] = summarise(window, row.paddedCount * column.paddedCount)
              index += 1
            }
          }
        }
      }
    }
  }
}
