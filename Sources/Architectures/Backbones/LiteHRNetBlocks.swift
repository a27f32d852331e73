internal import Inference

/// The parts of Lite-HRNet's blocks.
extension NetworkWriter {
  /// A depthwise 3×3 and a 1×1 convolution, numbered as in a sequence.
  mutating func separable(
    _ input: FeatureMap, to channels: Int, stride: Int, endsInRelu: Bool = true
  ) -> FeatureMap {
    let deep = batchNorm(
      "1", convolution("0", input, to: input.channels, kernel: 3, stride: stride, groups: input.channels))
    let output = batchNorm("3", convolution("2", deep, to: channels, kernel: 1))
    return endsInRelu ? relu(output) : output
  }

  /// Takes channels from the two halves in turn (Zhang et al., ShuffleNet, 2018).
  mutating func shuffleHalves(_ input: FeatureMap) -> FeatureMap {
    let half = input.channels / 2
    let order = integers((0..<input.channels).map { $0 / 2 + $0 % 2 * half })
    return FeatureMap(value: node(.gather(axis: 1), [input.value, order]), channels: input.channels)
  }

  /// Weighs half of the channels of every branch by what all branches, and then the branch itself, say.
  mutating func conditionalWeighting(_ branches: [FeatureMap]) -> [FeatureMap] {
    let halves = branches.map { self.halves($0) }
    let weighted = part("cross_resolution_weighting") { $0.weightAcross(halves.map(\.1)) }
    return weighted.enumerated().map { index, input in
      var output = convModule(
        "depthwise_convs.\(index)", input, to: input.channels, kernel: 3, groups: input.channels, activation: nil)
      output = squeezeAndExcite("spatial_weighting.\(index)", output, reduction: 4, gate: .sigmoid)
      return shuffleHalves(concatenate([halves[index].0, output]))
    }
  }

  private mutating func weightAcross(_ branches: [FeatureMap]) -> [FeatureMap] {
    let last = branches.count - 1
    let small = branches.enumerated().map { index, branch in
      index == last ? branch : averagePool(branch, by: 1 << (last - index))
    }
    let joined = concatenate(small)
    let squeezed = convModule("conv1", joined, to: joined.channels / 8, kernel: 1)
    let weights = convModule("conv2", squeezed, to: joined.channels, kernel: 1, activation: .sigmoid)
    let parts = split(weights.value, axis: 1, branches.map(\.channels))
    return branches.enumerated().map { index, branch in
      let part = FeatureMap(value: parts[index], channels: branch.channels)
      return multiply(branch, index == last ? part : upsample(part, by: 1 << (last - index)))
    }
  }

  /// Doubles the size, linearly between pixels whose corners stay where they are.
  mutating func upsampleCorners(_ input: FeatureMap) -> FeatureMap {
    var resize = Resize()
    resize.mode = .linear
    resize.coordinates = .alignCorners
    let scales = builder.constant(Tensor(shape: [4], [1, 1, 2, 2] as [Float]))
    return FeatureMap(
      value: node(.resize(resize), [input.value, Graph.Node.absent, scales]), channels: input.channels)
  }
}
