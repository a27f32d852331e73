internal import Inference

extension BackendConformance {
  static let normalizationCases: [Case] = [
    makeCase("batch normalisation", [[2, 6, 5, 7]]) { builder, x, random in
      builder.node(.batchNormalization(epsilon: 1e-5), x + batchNormParameters(6, &builder, &random))
    },
    makeCase("batch normalisation of vectors", [[4, 6]]) { builder, x, random in
      builder.node(.batchNormalization(epsilon: 1e-5), x + batchNormParameters(6, &builder, &random))
    },
    makeCase("instance normalisation", .instanceNormalization(epsilon: 1e-4), [[2, 6, 5, 7], [6], [6]]),
    makeCase("layer normalisation", .layerNormalization(axis: -1, epsilon: 1e-4), [[2, 5, 24], [24], [24]]),
    makeCase("layer normalisation of two axes", .layerNormalization(axis: 1, epsilon: 1e-4), [[2, 5, 8], [5, 8]]),
    makeCase("softmax of the last axis", .softmax(axis: -1), [[2, 5, 24]], range: -4...4),
    makeCase("softmax of the channels", .softmax(axis: 1), [[2, 5, 4, 3]], range: -4...4),
    makeCase("log softmax", .logSoftmax(axis: 1), [[3, 24]], range: -4...4),
  ]

  static func batchNormParameters(
    _ channels: Int, _ builder: inout GraphBuilder, _ random: inout SeededRandom
  ) -> [Graph.ValueID] {
    let ranges: [ClosedRange<Float>] = [0.5...1.5, -0.5...0.5, -0.5...0.5, 0.5...2]
    return ranges.map { builder.constant(Tensor(shape: [channels], random.floats(channels, in: $0))) }
  }
}
