internal import Inference

/// Stacked hourglasses of the paper on associative embedding (Newell et al., 2017; mmpose 0.x `HourglassAENet`), each of which puts out
/// all maps. Gives those of the last.
package struct Hourglass: Backbone {
  package static let type = "hourglass_ae"
  package static let published = Hourglass()

  package var stacks = 4
  /// Of a quarter of the picture's size, an eighth, and so on.
  package var stageChannels = [256, 384, 512, 640, 768]

  package init() {}

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    guard (1...16).contains(stacks), (2...8).contains(stageChannels.count), stageChannels.allSatisfy({ $0 > 0 }) else {
      throw ArchitectureError("an hourglass network needs 1 to 16 stacks, and channels for 2 to 8 sizes")
    }
    let outputs = task.outputs + (try task.requiredTagMaps)
    let width = stageChannels[0]
    var features = stem(picture, &writer)
    for stack in 0..<stacks {
      let seen = writer.part("hourglass_modules.\(stack)") { writer in
        let inner = writer.part("0") { hourglass(features, stageChannels[...], &$0) }
        return writer.convModule("2", writer.convModule("1", inner, to: width, kernel: 3), to: width, kernel: 3)
      }
      let maps = writer.convolution("out_convs.\(stack).conv", seen, to: outputs, kernel: 1, bias: true)
      if stack == stacks - 1 { return maps }
      let fromMaps = writer.convModule("remap_out_convs.\(stack)", maps, to: width, kernel: 1, activation: nil)
      let fromSeen = writer.convModule("remap_feature_convs.\(stack)", seen, to: width, kernel: 1, activation: nil)
      features = writer.add(writer.add(features, fromMaps), fromSeen)
    }
    return features
  }

  /// To a quarter of the size.
  private func stem(_ picture: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    writer.part("stem") { writer in
      var output = writer.convModule("0", picture, to: 64, kernel: 7, stride: 2)
      output = writer.maxPool(writer.convModule("1", output, to: 128, kernel: 3), kernel: 2, stride: 2, padding: 0)
      return writer.convModule(
        "4", writer.convModule("3", output, to: 128, kernel: 3), to: stageChannels[0], kernel: 3)
    }
  }

  /// The sum of what is seen at this size and at the smaller ones.
  private func hourglass(
    _ input: FeatureMap, _ channels: ArraySlice<Int>, _ writer: inout NetworkWriter
  ) -> FeatureMap {
    let (here, below) = (channels[channels.startIndex], channels[channels.startIndex + 1])
    let upper = writer.convModule("up1", input, to: here, kernel: 3)
    var lower = writer.convModule("low1", writer.maxPool(input, kernel: 2, stride: 2, padding: 0), to: below, kernel: 3)
    lower =
      channels.count > 2
      ? writer.part("low2") { hourglass(lower, channels.dropFirst(), &$0) }
      : writer.convModule("low2", lower, to: below, kernel: 3)
    return writer.add(upper, writer.upsample(writer.convModule("low3", lower, to: here, kernel: 3), by: 2))
  }
}
