/// scale · (x − mean) / √(variance + ε) + bias, with statistics that are given a channel.
struct BatchNormalization: Operator {
  var epsilon: Float

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [try operands.channelsType(["scale", "bias", "mean", "variance"])]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { (1..<5).allSatisfy(operands.isShared) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (scale, bias) = (try operands.tensor(1).floats, try operands.tensor(2).floats)
    let (mean, variance) = (try operands.tensor(3).floats, try operands.tensor(4).floats)
    let result = try operands.tensor(0).mapChannels { channel, values in
      let factor = scale[channel] / (variance[channel] + epsilon).squareRoot()
      for index in values.indices {
        values[index] = (values[index] - mean[channel]) * factor + bias[channel]
      }
    }
    return [result]
  }
}

/// As batch normalisation, with the statistics of each channel of each image.
struct InstanceNormalization: Operator {
  var epsilon: Float

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    [try operands.channelsType(["scale", "bias"])]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { (1..<3).allSatisfy(operands.isShared) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (scale, bias) = (try operands.tensor(1).floats, try operands.tensor(2).floats)
    let result = try operands.tensor(0).mapChannels { channel, values in
      normalise(values, epsilon: epsilon)
      for index in values.indices {
        values[index] = values[index] * scale[channel] + bias[channel]
      }
    }
    return [result]
  }
}

/// Statistics over all axes from `axis` on; scale and bias (optional) an element of those.
struct LayerNormalization: Operator {
  var axis: Int
  var epsilon: Float

  func canonical(_ operands: Operands) throws -> Operation? {
    .layerNormalization(axis: try operands.axis(axis), epsilon: epsilon)
  }

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let type = try operands.floatType(0)
    let count = type.shape[axis...].reduce(1, *)
    try operands.checkVector(1, "scale", count: count)
    try operands.checkVector(2, "bias", count: count)
    return [type]
  }

  func keepsItemsApart(_ operands: Operands) -> Bool { axis > 0 && (1..<3).allSatisfy(operands.isShared) }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let x = try operands.tensor(0)
    let (scale, bias) = (operands.optionalTensor(1)?.floats, operands.optionalTensor(2)?.floats)
    let result = try x.mapBlocks(size: x.shape[axis...].reduce(1, *)) { _, values in
      normalise(values, epsilon: epsilon)
      for index in values.indices {
        values[index] = values[index] * (scale?[index] ?? 1) + (bias?[index] ?? 0)
      }
    }
    return [result]
  }
}

/// Statistics are kept in double precision.
private func normalise(_ values: UnsafeMutableBufferPointer<Float>, epsilon: Float) {
  guard !values.isEmpty else { return }
  let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
  let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)
  let factor = 1 / (variance + Double(epsilon)).squareRoot()
  for index in values.indices {
    values[index] = Float((Double(values[index]) - mean) * factor)
  }
}

extension Operands {
  /// The type of data of N × channels × …, after checking the parameters that follow it, one number a channel each.
  fileprivate func channelsType(_ parameters: [String]) throws -> TensorType {
    let type = try floatType(0)
    guard type.rank >= 2 else { throw InferenceError(.invalidGraph, "the data has no channels") }
    for (index, name) in parameters.enumerated() {
      _ = try self.type(index + 1, name)
      try checkVector(index + 1, name, count: type.shape[1])
    }
    return type
  }
}

extension Tensor {
  fileprivate func mapChannels(
    _ body: (_ channel: Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> Tensor {
    try mapBlocks(size: shape[2...].reduce(1, *)) { block, values in body(block % shape[1], values) }
  }

  /// A copy in which `body` has changed each block of `size` elements.
  fileprivate func mapBlocks(
    size: Int, _ body: (_ block: Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> Tensor {
    try Tensor(shape: shape) { (output: UnsafeMutableBufferPointer<Float>) in
      withFloats { _ = output.update(from: $0) }
      for start in stride(from: 0, to: output.count, by: max(size, 1)) {
        body(start / size, UnsafeMutableBufferPointer(rebasing: output[start..<start + size]))
      }
    }
  }
}
