internal import Inference

/// CSPNeXt (Lyu et al., RTMDet: An Empirical Study of Designing Real-Time Object Detectors, 2022). Gives one map of a 32nd of
/// the picture's size.
package struct CSPNeXt: Backbone {
  package static let type = "cspnext"
  package static let published = CSPNeXt(width: 1, depth: 1)

  /// Of the entrance and the four stages.
  package var channels: [Int]
  /// Of the four stages.
  package var blocks: [Int]
  /// Whether 3×3 convolutions are of one channel each, followed by one of 1×1.
  package var usesDepthwise = false

  /// Factors on the widths and depths of CSPNeXt-l.
  package init(width: Double, depth: Double) {
    channels = [64, 128, 256, 512, 1024].map { Int($0 * width) }
    blocks = [3, 6, 6, 3].map { max(1, Int(($0 * depth).rounded(.toNearestOrEven))) }
  }

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    try stages(picture, to: &writer)[3]
  }

  /// The maps of the four stages, of a 4th to a 32nd of the picture's size.
  func stages(_ picture: FeatureMap, to writer: inout NetworkWriter) throws -> [FeatureMap] {
    guard channels.count == 5, blocks.count == 4, blocks.allSatisfy({ (1...64).contains($0) }) else {
      throw ArchitectureError("a CSPNeXt needs five numbers of channels and four of blocks (1 to 64)")
    }
    var output = writer.convModule(
      "stem.0", picture, to: channels[0] / 2, kernel: 3, stride: 2, activation: .silu)
    output = writer.convModule("stem.1", output, to: channels[0] / 2, kernel: 3, activation: .silu)
    output = writer.convModule("stem.2", output, to: channels[0], kernel: 3, activation: .silu)
    return (0..<4).map { stage in
      let isLast = stage == 3
      output = writer.part("stage\(stage + 1)") { writer in
        output = writer.siluModule(
          "0", output, to: channels[stage + 1], kernel: 3, stride: 2, isDepthwise: usesDepthwise)
        if isLast { output = writer.part("1") { $0.pyramidPool(output) } }
        let layer = CrossStageLayer(
          block: .cspNeXt, blocks: blocks[stage], addsInput: !isLast, attends: true, isDepthwise: usesDepthwise)
        return writer.part(isLast ? "2" : "1") { $0.crossStage(output, to: channels[stage + 1], layer) }
      }
      return output
    }
  }
}
