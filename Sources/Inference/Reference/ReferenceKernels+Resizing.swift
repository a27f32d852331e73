extension ReferenceKernels {
  /// Interpolation is separable, so one axis is resized after the other.
  static func resize(_ x: Tensor, _ geometry: ResizeGeometry, _ parameters: Resize) -> Tensor {
    var result = x
    for axis in x.shape.indices where geometry.shape[axis] != x.shape[axis] || geometry.scales[axis] != 1 {
      let taps = ResizeTaps(
        parameters, input: x.shape[axis], output: geometry.shape[axis], scale: geometry.scales[axis])
      result = resize(result, axis: axis, output: geometry.shape[axis], taps)
    }
    return result
  }

  private static func resize(_ x: Tensor, axis: Int, output size: Int, _ taps: ResizeTaps) -> Tensor {
    var shape = x.shape
    shape[axis] = size
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    return Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { source in
        for o in 0..<outer {
          for position in 0..<size {
            for i in 0..<inner {
              var sum: Float = 0
              for tap in position * taps.tapCount..<(position + 1) * taps.tapCount {
                sum += taps.weights[tap] * source[(o * x.shape[axis] + taps.indices[tap]) * inner + i]
              }
              output[(o * size + position) * inner + i] = sum
            }
          }
        }
      }
    }
  }
}
