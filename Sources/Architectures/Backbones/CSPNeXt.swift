internal import Inference

/// CSPNeXt (Lyu et al., RTMDet: An Empirical Study of Designing Real-Time Object Detectors, 2022). Gives one map of a 32nd of
/// the picture's size.
public struct CSPNeXt: Backbone {
  public static let type = "cspnext"
  public static let published = CSPNeXt(width: 1, depth: 1)

  /// Of the entrance and the four stages.
  public var channels: [Int]
  /// Of the four stages.
  public var blocks: [Int]

  /// Factors on the widths and depths of CSPNeXt-l.
  public init(width: Double, depth: Double) {
    channels = [64, 128, 256, 512, 1024].map { Int($0 * width) }
    blocks = [3, 6, 6, 3].map { max(1, Int(($0 * depth).rounded(.toNearestOrEven))) }
  }

  public func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    guard channels.count == 5, blocks.count == 4, blocks.allSatisfy({ (1...64).contains($0) }) else {
      throw ArchitectureError("a CSPNeXt needs five numbers of channels and four of blocks (1 to 64)")
    }
    var output = writer.convModule(
      "stem.0", picture, to: channels[0] / 2, kernel: 3, stride: 2, activation: .silu)
    output = writer.convModule("stem.1", output, to: channels[0] / 2, kernel: 3, activation: .silu)
    output = writer.convModule("stem.2", output, to: channels[0], kernel: 3, activation: .silu)
    for stage in 0..<4 {
      let isLast = stage == 3
      output = writer.part("stage\(stage + 1)") { writer in
        output = writer.convModule("0", output, to: channels[stage + 1], kernel: 3, stride: 2, activation: .silu)
        if isLast { output = writer.part("1") { pyramid(output, &$0) } }
        return writer.part(isLast ? "2" : "1") {
          partial(output, blocks: blocks[stage], addsInput: !isLast, &$0)
        }
      }
    }
    return output
  }

  /// Maxima over 1, 5, 9 and 13 pixels side by side (He et al., Spatial Pyramid Pooling, 2015).
  private func pyramid(_ input: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    let narrow = writer.convModule("conv1", input, to: input.channels / 2, kernel: 1, activation: .silu)
    let pooled = [5, 9, 13].map { writer.maxPool(narrow, kernel: $0, stride: 1) }
    return writer.convModule(
      "conv2", writer.concatenate([narrow] + pooled), to: input.channels, kernel: 1, activation: .silu)
  }

  /// One half of the channels goes through the blocks, the other around them; then all are weighed by their means.
  private func partial(
    _ input: FeatureMap, blocks: Int, addsInput: Bool, _ writer: inout NetworkWriter
  ) -> FeatureMap {
    let half = input.channels / 2
    let short = writer.convModule("short_conv", input, to: half, kernel: 1, activation: .silu)
    var main = writer.convModule("main_conv", input, to: half, kernel: 1, activation: .silu)
    for index in 0..<blocks {
      main = writer.part("blocks.\(index)") { writer in
        var output = writer.convModule("conv1", main, to: half, kernel: 3, activation: .silu)
        output = writer.convModule(
          "conv2.depthwise_conv", output, to: half, kernel: 5, groups: half, activation: .silu)
        output = writer.convModule("conv2.pointwise_conv", output, to: half, kernel: 1, activation: .silu)
        return addsInput ? writer.add(output, main) : output
      }
    }
    let joined = writer.concatenate([main, short])
    let weights = writer.activation(
      .hardSigmoid(alpha: 1 / 6, beta: 0.5),
      writer.convolution("attention.fc", writer.globalAveragePool(joined), to: joined.channels, kernel: 1, bias: true))
    return writer.convModule(
      "final_conv", writer.multiply(joined, weights), to: input.channels, kernel: 1, activation: .silu)
  }
}
