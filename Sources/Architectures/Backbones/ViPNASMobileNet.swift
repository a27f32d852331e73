internal import Inference

/// The MobileNetV3 that ViPNAS found (Xu et al., ViPNAS, 2021; Howard et al., Searching for MobileNetV3, 2019). Gives one
/// map of a 32nd of the picture's size.
package struct ViPNASMobileNet: Backbone {
  package static let type = "vipnas_mobilenet"
  package static let published = ViPNASMobileNet()

  /// Of the entrance and the six stages, as kernels and hard swish.
  package var channels = [16, 16, 24, 40, 80, 112, 160]
  package var kernels = [3, 3, 7, 7, 5, 7, 5]
  package var isHardSwish = [true, false, false, false, true, true, true]
  /// Of the six stages, as what follows.
  package var expansions = [1, 5, 4, 5, 5, 6]
  package var blocks = [1, 4, 4, 4, 4, 4]
  package var groups = [8, 120, 20, 100, 280, 240]
  package var hasAttention = [true, true, false, true, true, true]
  package var strides = [1, 2, 2, 2, 1, 2]

  package init() {}

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    guard [channels.count, kernels.count, isHardSwish.count].allSatisfy({ $0 == 7 }),
      [expansions.count, blocks.count, groups.count, hasAttention.count, strides.count].allSatisfy({ $0 == 6 }),
      blocks.allSatisfy({ (1...64).contains($0) }), strides.allSatisfy({ (1...2).contains($0) })
    else {
      throw ArchitectureError(
        "a ViPNAS MobileNet needs seven entries for the entrance and the stages and six for the stages alone, "
          + "with 1 to 64 blocks and strides of 1 or 2")
    }
    var output = writer.convModule(
      "conv1", picture, to: channels[0], kernel: kernels[0], stride: 2, activation: activation(0))
    var layer = 0
    for stage in 0..<6 {
      for block in 0..<blocks[stage] {
        layer += 1
        let stride = block == 0 ? strides[stage] : 1
        output = try writer.part("layer\(layer)") { try self.block(output, stage: stage, stride: stride, &$0) }
      }
    }
    return output
  }

  private func activation(_ stage: Int) -> Activation { isHardSwish[stage] ? .hardSwish : .relu }

  private func block(
    _ input: FeatureMap, stage: Int, stride: Int, _ writer: inout NetworkWriter
  ) throws -> FeatureMap {
    let width = channels[stage + 1]
    let wide = width * expansions[stage]
    let activation = activation(stage + 1)
    var output = input
    if expansions[stage] != 1 {
      output = writer.convModule("expand_conv", output, to: wide, kernel: 1, activation: activation)
    }
    try requireGroups(groups[stage], divide: [output.channels, wide])
    output = writer.convModule(
      "depthwise_conv", output, to: wide, kernel: kernels[stage + 1], stride: stride, groups: groups[stage],
      activation: activation)
    if hasAttention[stage] {
      output = writer.squeezeAndExcite(
        "se", output, reduction: 4, gate: .hardSigmoid(alpha: 0.5, beta: 0.5))
    }
    output = writer.convModule("linear_conv", output, to: width, kernel: 1, activation: nil)
    return stride == 1 && input.channels == width ? writer.add(input, output) : output
  }
}

extension NetworkWriter {
  /// Weighs the channels by what their means say (Hu et al., Squeeze-and-Excitation Networks, 2018).
  mutating func squeezeAndExcite(
    _ name: String, _ input: FeatureMap, reduction: Int, gate: Activation
  ) -> FeatureMap {
    part(name) { writer in
      let means = writer.globalAveragePool(input)
      let squeezed = writer.relu(
        writer.convolution("conv1.conv", means, to: input.channels / reduction, kernel: 1, bias: true))
      let weights = writer.activation(
        gate, writer.convolution("conv2.conv", squeezed, to: input.channels, kernel: 1, bias: true))
      return writer.multiply(input, weights)
    }
  }
}
