internal import Inference

/// MobileNetV2 (Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, 2018). Gives one map of a 32nd of the
/// picture's size.
package struct MobileNetV2: Backbone {
  package static let type = "mobilenetv2"
  package static let published = MobileNetV2()

  package var stemChannels = 32
  /// Of the seven stages.
  package var stageChannels = [16, 24, 32, 64, 96, 160, 320]
  package var outputChannels = 1280

  package init() {}

  private static let blocks = [1, 2, 3, 4, 3, 3, 1]
  private static let expansions = [1, 6, 6, 6, 6, 6, 6]
  private static let strides = [1, 2, 2, 2, 1, 2, 1]
  private static let relu6 = Activation.clip(0, 6)

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    guard stageChannels.count == 7 else { throw ArchitectureError("a MobileNetV2 has seven stages") }
    var output = writer.convModule(
      "conv1", picture, to: stemChannels, kernel: 3, stride: 2, activation: Self.relu6)
    for stage in 0..<7 {
      for block in 0..<Self.blocks[stage] {
        output = writer.part("layer\(stage + 1).\(block)") {
          self.block(output, stage: stage, stride: block == 0 ? Self.strides[stage] : 1, &$0)
        }
      }
    }
    return writer.convModule("conv2", output, to: outputChannels, kernel: 1, activation: Self.relu6)
  }

  private func block(
    _ input: FeatureMap, stage: Int, stride: Int, _ writer: inout NetworkWriter
  ) -> FeatureMap {
    let width = stageChannels[stage]
    let wide = input.channels * Self.expansions[stage]
    var output = input
    var index = 0
    if wide != input.channels {
      output = writer.convModule("conv.0", output, to: wide, kernel: 1, activation: Self.relu6)
      index = 1
    }
    output = writer.convModule(
      "conv.\(index)", output, to: wide, kernel: 3, stride: stride, groups: wide, activation: Self.relu6)
    output = writer.convModule("conv.\(index + 1)", output, to: width, kernel: 1, activation: nil)
    return stride == 1 && input.channels == width ? writer.add(input, output) : output
  }
}
