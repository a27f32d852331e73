/// Data, roi (not read), scales, sizes. Interpolation is separable, so one axis is resized after the other: first those
/// that shrink, so that nothing between is larger than data and result.
struct ResizeOperator: Operator {
  var parameters: Resize

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    _ = try operands.floatType(0)
    return [TensorType(try ResizeGeometry(operands).shape)]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { (1..<4).allSatisfy(operands.isShared) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let geometry = try ResizeGeometry(operands)
    var result = try operands.tensor(0)
    let changing = result.shape.indices.filter { geometry.shape[$0] != result.shape[$0] || geometry.scales[$0] != 1 }
    let shrinking = changing.filter { geometry.shape[$0] < result.shape[$0] }
    for axis in shrinking + changing.filter({ !shrinking.contains($0) }) {
      let taps = ResizeTaps(
        parameters, input: result.shape[axis], output: geometry.shape[axis], scale: geometry.scales[axis])
      result = try resize(result, axis: axis, output: geometry.shape[axis], taps)
    }
    return [result]
  }

  private func resize(_ x: Tensor, axis: Int, output size: Int, _ taps: ResizeTaps) throws -> Tensor {
    var shape = x.shape
    shape[axis] = size
    let split = AxisSplit(x.shape, at: axis)
    return try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { source in
        for o in 0..<split.outer {
          for position in 0..<size {
            for i in 0..<split.inner {
              var sum: Float = 0
              for tap in position * taps.tapCount..<(position + 1) * taps.tapCount {
                sum += taps.weights[tap] * source[(o * split.size + taps.indices[tap]) * split.inner + i]
              }
              output[(o * size + position) * split.inner + i] = sum
            }
          }
        }
      }
    }
  }
}
