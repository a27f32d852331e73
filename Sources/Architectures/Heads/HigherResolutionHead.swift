internal import Inference

/// HigherHRNet's head: heatmaps and tags at a quarter of the picture's size, and from them and the features, by a deconvolution
/// and residual blocks, heatmaps at half of it (Cheng et al., HigherHRNet: Scale-Aware Representation Learning for Bottom-Up Human
/// Pose Estimation, 2020; mmpose 0.x `AEHigherResolutionHead`).
package struct HigherResolutionHead: Head {
  package static let type = "higher_resolution"
  package static let published = HigherResolutionHead()

  package var deconvChannels: Int
  /// 2, 3 or 4.
  package var deconvKernel = 4
  package var basicBlocks = 4

  package init(deconvChannels: Int = 32) {
    self.deconvChannels = deconvChannels
  }

  package func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws {
    guard (2...4).contains(deconvKernel), deconvChannels > 0 else {
      throw ArchitectureError("a higher-resolution head has a deconvolution with channels and a kernel of 2, 3 or 4")
    }
    let tags = try task.requiredTagMaps
    let lower = writer.convolution("final_layers.0", features, to: task.outputs + tags, kernel: 1, bias: true)
    var output = writer.concatenate([features, lower])
    output = writer.part("deconv_layers.0") { writer in
      let enlarged = writer.deconvolution("0.0", output, to: deconvChannels, kernel: deconvKernel)
      return (0..<basicBlocks).reduce(writer.relu(writer.batchNorm("0.1", enlarged))) { input, block in
        writer.part("\(block + 1).0") { $0.basicBlock(input, width: deconvChannels) }
      }
    }
    let higher = writer.convolution("final_layers.1", output, to: task.outputs, kernel: 1, bias: true)
    writer.builder.output(lower.value, name: "output_0")
    writer.builder.output(higher.value, name: "output_1")
  }
}
