internal import Inference

/// DEKR's head (Geng et al., Bottom-Up Human Pose Estimation Via Disentangled Keypoint Regression, 2021; mmpose 1.x `DEKRHead`).
///
/// From features come `heatmaps`, one of every keypoint and one of the centres of people, and `displacements`, for every keypoint
/// two maps of how far right and down it lies from the centre, each from channels of its own that look where the person reaches.
/// Where poses are rated, `ratings` come from a second input, `poses`: N × (3 · links + keypoints).
package struct DisentangledRegressionHead: Head {
  package static let type = "dekr"
  package static let published = DisentangledRegressionHead()
  package static let renamings: [CheckpointRenaming] = []

  package var heatmapFilters = 32
  /// Channels of each keypoint on the way to its displacement.
  package var displacementFilters = 15

  package init() {}

  package func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws {
    guard case .centred(let links) = task.people else {
      throw ArchitectureError(
        "a head of type \(Self.type) needs a description of kind \"bottom_up\" with the codec spr")
    }
    guard heatmapFilters > 0, displacementFilters > 0 else {
      throw ArchitectureError("a head of type \(Self.type) needs filters for heatmaps and displacements")
    }
    let heatmaps = writer.part("heatmap_conv_layers") { writer in
      let narrowed = writer.convModule("0", features, to: heatmapFilters, kernel: 1)
      let seen = writer.part("1") { $0.basicBlock(narrowed, width: heatmapFilters) }
      return writer.convolution("2", seen, to: task.outputs + 1, kernel: 1, bias: true)
    }
    let displacements = writer.part("displacement_conv_layers") { writer in
      var output = writer.convModule("0", features, to: displacementFilters * task.outputs, kernel: 1)
      for block in 1...2 {
        output = writer.part("\(block)") { adaptiveBlock(output, groups: task.outputs, &$0) }
      }
      return writer.convolution("3", output, to: 2 * task.outputs, kernel: 1, groups: task.outputs, bias: true)
    }
    writer.builder.output(heatmaps.value, name: "heatmaps")
    writer.builder.output(displacements.value, name: "displacements")
    if links > 0 { rating(of: 3 * links + task.outputs, &writer) }
  }

  /// A convolution whose 3 × 3 places are turned, scaled and moved at every pixel as the features there say.
  private func adaptiveBlock(_ input: FeatureMap, groups: Int, _ writer: inout NetworkWriter) -> FeatureMap {
    let affine = writer.convolution(
      "transform_matrix_conv", input, to: 6 * groups, kernel: 3, groups: groups, bias: true)
    var places = Convolution()
    places.groups = groups
    let offsets = writer.node(
      .convolution(places), [affine.value, writer.builder.constant(Self.placesOfAffine(groups))])
    var geometry = Convolution()
    geometry.padding = [1, 1, 1, 1]
    geometry.groups = groups
    let weights = writer.parameter("adapt_conv.weight", [input.channels, input.channels / groups, 3, 3])
    let moved = FeatureMap(
      value: writer.node(
        .deformableConvolution(geometry, offsetGroups: groups), [input.value, weights, offsets]),
      channels: input.channels)
    return writer.relu(writer.add(writer.batchNorm("norm", moved), input))
  }

  /// As a convolution, 18 · groups × 6 × 1 × 1: from the six numbers of an affine map, row by row, to where it takes the nine
  /// places of a kernel, each down and across.
  private static func placesOfAffine(_ groups: Int) -> Tensor {
    var weights: [Float] = []
    for place in 0..<9 {
      let point: [Float] = [Float(place / 3 - 1), Float(place % 3 - 1), 1]
      weights += point + [0, 0, 0] + [0, 0, 0] + point
    }
    return Tensor(shape: [18 * groups, 6, 1, 1], (0..<groups).flatMap { _ in weights })
  }

  /// What OKS to expect of a pose.
  private func rating(of features: Int, _ writer: inout NetworkWriter) {
    let input = writer.builder.input("poses", shape: [nil, features])
    let rating = writer.part("rescore_net") { writer in
      var output = FeatureMap(value: input, channels: features)
      for layer in 1...2 { output = writer.relu(writer.linear("l\(layer)", output, to: 256, bias: true)) }
      return writer.linear("l3", output, to: 1, bias: true)
    }
    writer.builder.output(rating.value, name: "ratings")
  }
}
