internal import Inference

/// The ResNet that ViPNAS found (Xu et al., ViPNAS: Efficient Video Pose Estimation via Neural Architecture Search, 2021):
/// grouped convolutions of searched kernels, and global context (Cao et al., GCNet, 2019) in some stages.
package struct ViPNASResNet: Backbone {
  package static let type = "vipnas_resnet"
  package static let published = ViPNASResNet()

  /// Of the entrance and the four stages.
  package var channels = [48, 80, 160, 304, 608]
  /// Of the entrance and the four stages.
  package var kernels = [7, 3, 5, 5, 5]
  /// Of the four stages, as what follows.
  package var blocks = [4, 6, 7, 3]
  package var groups = [16, 16, 16, 16]
  package var hasContext = [true, false, true, true]

  package init() {}

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    guard channels.count == 5, kernels.count == 5, blocks.count == 4, groups.count == 4, hasContext.count == 4,
      blocks.allSatisfy({ (1...64).contains($0) })
    else {
      throw ArchitectureError(
        "a ViPNAS ResNet needs five numbers of channels and of kernels, and four of blocks (1 to 64), groups and context"
      )
    }
    var output = writer.convolution("conv1", picture, to: channels[0], kernel: kernels[0], stride: 2)
    output = writer.maxPool(writer.relu(writer.batchNorm("bn1", output)), kernel: 3, stride: 2)
    for stage in 0..<4 {
      try requireGroups(groups[stage], divide: [channels[stage + 1]])
      for block in 0..<blocks[stage] {
        output = writer.part("layer\(stage + 1).\(block)") {
          self.block(output, stage: stage, stride: block == 0 && stage > 0 ? 2 : 1, &$0)
        }
      }
    }
    return output
  }

  private func block(
    _ input: FeatureMap, stage: Int, stride: Int, _ writer: inout NetworkWriter
  ) -> FeatureMap {
    let width = channels[stage + 1]
    var output = writer.relu(writer.batchNorm("bn1", writer.convolution("conv1", input, to: width, kernel: 1)))
    output = writer.convolution(
      "conv2", output, to: width, kernel: kernels[stage + 1], stride: stride, groups: groups[stage])
    output = writer.relu(writer.batchNorm("bn2", output))
    output = writer.batchNorm("bn3", writer.convolution("conv3", output, to: width, kernel: 1))
    if hasContext[stage] {
      output = writer.part("attention") { addContext(to: output, &$0) }
    }
    return writer.relu(writer.add(output, writer.shortcut(input, to: width, stride: stride)))
  }

  /// Adds to every pixel what a mean over the picture, weighted by attention, says.
  private func addContext(to input: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    let channels = input.channels
    let mask = writer.convolution("conv_mask", input, to: 1, kernel: 1, bias: true)
    let weights = writer.node(.softmax(axis: 1), [writer.reshape(mask.value, [0, -1, 1])])
    let pixels = writer.reshape(input.value, [0, channels, -1])
    let mean = writer.reshape(writer.node(.matrixMultiply, [pixels, weights]), [0, channels, 1, 1])
    let width = max(channels / 16, 16)
    var context = FeatureMap(value: mean, channels: channels)
    context = writer.convolution("channel_add_conv.0", context, to: width, kernel: 1, bias: true)
    context = writer.part("channel_add_conv.1") { writer in
      let parameters = ["weight", "bias"].map { writer.parameter($0, [width, 1, 1]) }
      return FeatureMap(
        value: writer.node(.layerNormalization(axis: 1, epsilon: 1e-5), [context.value] + parameters),
        channels: width)
    }
    context = writer.convolution("channel_add_conv.3", writer.relu(context), to: channels, kernel: 1, bias: true)
    return writer.add(input, context)
  }
}
