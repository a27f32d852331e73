internal import Inference

/// Layers over sequences of vectors, N × length × channels.
extension NetworkWriter {
  mutating func linear(_ name: String, _ input: FeatureMap, to channels: Int, bias: Bool = false) -> FeatureMap {
    part(name) { writer in
      let stored = writer.parameter("weight", [channels, input.channels])
      let weight = writer.node(.transpose([1, 0]), [stored])
      let product = writer.node(.matrixMultiply, [input.value, weight])
      guard bias else { return FeatureMap(value: product, channels: channels) }
      let offset = writer.parameter("bias", [channels])
      return FeatureMap(value: writer.node(.binary(.add), [product, offset]), channels: channels)
    }
  }

  mutating func layerNorm(_ name: String, _ input: FeatureMap, epsilon: Float) -> FeatureMap {
    part(name) { writer in
      let parameters = ["weight", "bias"].map { writer.parameter($0, [input.channels]) }
      return FeatureMap(
        value: writer.node(.layerNormalization(axis: -1, epsilon: epsilon), [input.value] + parameters),
        channels: input.channels)
    }
  }

  mutating func reshape(_ value: Graph.ValueID, _ shape: [Int]) -> Graph.ValueID {
    node(.reshape(allowsZero: false), [value, integers(shape)])
  }

  /// Parts of `sizes` along `axis`.
  mutating func split(_ value: Graph.ValueID, axis: Int, _ sizes: [Int]) -> [Graph.ValueID] {
    builder.node(
      .split(axis: axis), [value, integers(sizes)], outputNames: sizes.map { _ in "" })
  }

  /// Halves of the channels.
  mutating func halves(_ input: FeatureMap) -> (FeatureMap, FeatureMap) {
    let half = input.channels / 2
    let parts = split(input.value, axis: 1, [half, input.channels - half])
    return (FeatureMap(value: parts[0], channels: half), FeatureMap(value: parts[1], channels: input.channels - half))
  }
}
