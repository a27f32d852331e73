extension ReferenceKernels {
  /// scale · (x − mean) / √(variance + ε) + bias, with statistics that are given a channel.
  static func batchNormalization(_ x: Tensor, _ inputs: [Tensor?], epsilon: Float) throws -> Tensor {
    let parameters = inputs.dropFirst().compactMap { $0 }
    guard parameters.count == 4 else {
      throw InferenceError(.invalidGraph, "scale, bias, mean and variance must be given")
    }
    let (scale, bias, mean, variance) = (
      parameters[0].floats, parameters[1].floats, parameters[2].floats, parameters[3].floats
    )
    return mapChannels(x) { channel, values in
      let factor = scale[channel] / (variance[channel] + epsilon).squareRoot()
      for index in values.indices {
        values[index] = (values[index] - mean[channel]) * factor + bias[channel]
      }
    }
  }

  /// As batch normalisation, with the statistics of each channel of each image.
  static func instanceNormalization(_ x: Tensor, _ inputs: [Tensor?], epsilon: Float) throws -> Tensor {
    let parameters = inputs.dropFirst().compactMap { $0 }
    guard parameters.count == 2 else { throw InferenceError(.invalidGraph, "scale and bias must be given") }
    let (scale, bias) = (parameters[0].floats, parameters[1].floats)
    return mapChannels(x) { channel, values in
      normalise(values, epsilon: epsilon)
      for index in values.indices {
        values[index] = values[index] * scale[channel] + bias[channel]
      }
    }
  }

  /// Statistics over all axes from `axis` on; scale and bias an element of those.
  static func layerNormalization(_ x: Tensor, scale: Tensor?, bias: Tensor?, axis: Int, epsilon: Float) -> Tensor {
    let scale = scale?.floats
    let bias = bias?.floats
    return mapBlocks(x, size: x.shape[axis...].reduce(1, *)) { _, values in
      normalise(values, epsilon: epsilon)
      for index in values.indices {
        values[index] = values[index] * (scale?[index] ?? 1) + (bias?[index] ?? 0)
      }
    }
  }

  private static func normalise(_ values: UnsafeMutableBufferPointer<Float>, epsilon: Float) {
    guard !values.isEmpty else { return }
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
    let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)
    let factor = 1 / (variance + Double(epsilon)).squareRoot()
    for index in values.indices {
      values[index] = Float((Double(values[index]) - mean) * factor)
    }
  }

  private static func mapChannels(
    _ x: Tensor, _ body: (_ channel: Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> Tensor {
    mapBlocks(x, size: x.shape[2...].reduce(1, *)) { block, values in body(block % x.shape[1], values) }
  }

  /// A copy of `x` in which `body` has changed each block of `size` elements.
  private static func mapBlocks(
    _ x: Tensor, size: Int, _ body: (_ block: Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) -> Tensor {
    Tensor(shape: x.shape) { (output: UnsafeMutableBufferPointer<Float>) in
      x.withFloats { _ = output.update(from: $0) }
      for start in stride(from: 0, to: output.count, by: max(size, 1)) {
        body(start / size, UnsafeMutableBufferPointer(rebasing: output[start..<start + size]))
      }
    }
  }
}
