internal import Inference

/// ResNet with bottlenecks (He et al., Deep Residual Learning for Image Recognition, 2016), and its variant v1d
/// (He et al., Bag of Tricks for Image Classification, 2019) with `deepStem` and `avgDown`, and ResNeXt (Xie et al., Aggregated
/// Residual Transformations, 2017) with `groups`. Gives one map of a 32nd of the picture's size.
package struct ResNet: Backbone {
  package static let type = "resnet"
  package static let published = ResNet(depth: 50)

  /// 50, 101 or 152.
  package var depth: Int
  /// Width of the narrow convolutions of the first stage; it doubles with every stage.
  package var baseChannels = 64
  package var stemChannels = 64
  /// Three 3×3 convolutions at the entrance instead of one 7×7.
  package var deepStem = false
  /// Shortcuts shrink by a mean over 2×2 pixels.
  package var avgDown = false
  /// Of the 3×3 convolutions.
  package var groups = 1
  /// Channels of a group in the first stage, where there are several groups.
  package var groupWidth = 4

  package init(depth: Int) {
    self.depth = depth
  }

  private static let stageBlocks = [50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3]]

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    try stages(picture, to: &writer)[3]
  }

  /// The maps of the four stages, of a 4th to a 32nd of the picture's size.
  func stages(_ picture: FeatureMap, to writer: inout NetworkWriter) throws -> [FeatureMap] {
    guard let stageBlocks = Self.stageBlocks[depth] else {
      throw ArchitectureError("a ResNet of depth \(depth) is not known; known are 50, 101 and 152")
    }
    guard groups > 0, groupWidth > 0 else { throw ArchitectureError("a ResNet needs groups of one channel at least") }
    var output = stem(picture, &writer)
    return stageBlocks.enumerated().map { stage, blocks in
      let planes = baseChannels << stage
      let width = groups == 1 ? planes : (groupWidth << stage) * groups
      for block in 0..<blocks {
        output = writer.part("layer\(stage + 1).\(block)") {
          $0.bottleneck(
            output, width: width, to: 4 * planes, groups: groups, stride: block == 0 && stage > 0 ? 2 : 1,
            averagesDown: avgDown)
        }
      }
      return output
    }
  }

  private func stem(_ picture: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    var output = picture
    if deepStem {
      output = writer.convModule("stem.0", output, to: stemChannels / 2, kernel: 3, stride: 2)
      output = writer.convModule("stem.1", output, to: stemChannels / 2, kernel: 3)
      output = writer.convModule("stem.2", output, to: stemChannels, kernel: 3)
    } else {
      output = writer.convolution("conv1", output, to: stemChannels, kernel: 7, stride: 2)
      output = writer.relu(writer.batchNorm("bn1", output))
    }
    return writer.maxPool(output, kernel: 3, stride: 2)
  }
}
