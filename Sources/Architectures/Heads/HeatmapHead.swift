internal import Inference

/// Deconvolutions that double the size, then a convolution to one map a keypoint (Xiao et al., Simple Baselines for
/// Human Pose Estimation and Tracking, 2018; grouped: Xu et al., ViPNAS, 2021). Or, instead of deconvolutions, ReLU and
/// bilinear enlargement (the simple decoder of Xu et al., ViTPose, 2022).
package struct HeatmapHead: Head {
  package static let type = "heatmap"
  package static let published = HeatmapHead()

  /// Empty where the backbone's output has the maps' size already.
  package var deconvChannels: [Int]
  /// 2, 3 or 4.
  package var deconvKernel = 4
  package var deconvGroups = 1
  /// How much larger the maps are made without deconvolutions.
  package var upsampling = 1
  /// Of the last convolution.
  package var finalKernel = 1
  /// Maps that the checkpoint has after those of the keypoint set, and that are left out.
  package var extraMaps = 0

  package init(deconvChannels: [Int] = [256, 256, 256], groups: Int = 1) {
    self.deconvChannels = deconvChannels
    deconvGroups = groups
  }

  package func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws {
    guard task.people == .one else {
      throw ArchitectureError(
        "a heatmap head does not tell people apart; take \(AssociativeEmbeddingHead.type), \(HigherResolutionHead.type) or "
          + "\(DisentangledRegressionHead.type), or describe a network that looks at single people")
    }
    writer.builder.output(try maps(features, task.outputs, to: &writer).value, name: "output")
  }

  /// The maps alone, as a part of another head.
  func maps(_ features: FeatureMap, _ channels: Int, to writer: inout NetworkWriter) throws -> FeatureMap {
    guard (2...4).contains(deconvKernel) else {
      throw ArchitectureError("deconvolutions have kernels of 2, 3 or 4, not of \(deconvKernel)")
    }
    guard (1...16).contains(upsampling), (1...15).contains(finalKernel), !finalKernel.isMultiple(of: 2) else {
      throw ArchitectureError(
        "a heatmap head enlarges by 1 to 16 and ends in a convolution with an odd kernel up to 15")
    }
    try requireGroups(deconvGroups, divide: [features.channels] + deconvChannels)
    var output = features
    if upsampling > 1 {
      output = writer.upsample(writer.relu(output), by: upsampling, isBilinear: true)
    }
    for (index, channels) in deconvChannels.enumerated() {
      output = writer.deconvolution(
        "deconv_layers.\(3 * index)", output, to: channels, kernel: deconvKernel, groups: deconvGroups)
      output = writer.relu(writer.batchNorm("deconv_layers.\(3 * index + 1)", output))
    }
    output = writer.convolution("final_layer", output, to: channels + extraMaps, kernel: finalKernel, bias: true)
    guard extraMaps > 0 else { return output }
    return FeatureMap(value: writer.split(output.value, axis: 1, [channels, extraMaps])[0], channels: channels)
  }
}

/// Throws where grouped convolutions do not come out even.
func requireGroups(_ groups: Int, divide channels: [Int]) throws {
  guard groups > 0, channels.allSatisfy({ $0.isMultiple(of: groups) }) else {
    throw ArchitectureError(
      "\(groups) groups do not divide \(channels.map(String.init).joined(separator: ", ")) channels")
  }
}
