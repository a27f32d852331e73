internal import Inference

/// YOLOv3 with Darknet-53 (Redmon and Farhadi, YOLOv3: An Incremental Improvement, 2018). Puts out `pred_0` to `pred_2`, the coarsest
/// first: for each of three anchors place, size, objectness and classes.
package struct YOLOv3: DetectorFamily {
  package static let type = "yolov3"
  package static let published = YOLOv3()

  /// Of the entrance and the five stages.
  package var channels = [32, 64, 128, 256, 512, 1024]
  /// Of the three levels of the neck.
  package var neckChannels = [512, 256, 128]
  /// Of the three levels before the last convolution.
  package var headChannels = [1024, 512, 256]

  package init() {}

  static let stageBlocks = [1, 2, 8, 8, 4]

  package func write(_ picture: FeatureMap, classes: Int, to writer: inout NetworkWriter) throws {
    guard channels.count == 6, neckChannels.count == 3, headChannels.count == 3 else {
      throw ArchitectureError("a YOLOv3 needs six numbers of channels, three for its neck and three for its head")
    }
    var stages: [FeatureMap] = []
    writer.part("backbone") { writer in
      var output = writer.leakyModule("conv1", picture, to: channels[0], kernel: 3)
      for (stage, blocks) in Self.stageBlocks.enumerated() {
        output = writer.part("conv_res_block\(stage + 1)") { residuals(output, channels[stage + 1], blocks, &$0) }
        stages.append(output)
      }
    }
    let maps = writer.part("neck") { neck(stages, &$0) }
    writer.part("bbox_head") { writer in
      for (level, map) in maps.enumerated() {
        let bridge = writer.leakyModule("convs_bridge.\(level)", map, to: headChannels[level], kernel: 3)
        let output = writer.convolution("convs_pred.\(level)", bridge, to: 3 * (5 + classes), kernel: 1, bias: true)
        writer.builder.output(output.value, name: "pred_\(level)")
      }
    }
  }

  private func residuals(
    _ input: FeatureMap, _ channels: Int, _ blocks: Int, _ writer: inout NetworkWriter
  ) -> FeatureMap {
    let shrunk = writer.leakyModule("conv", input, to: channels, kernel: 3, stride: 2)
    return (0..<blocks).reduce(shrunk) { map, index in
      writer.part("res\(index)") { writer in
        let narrow = writer.leakyModule("conv1", map, to: channels / 2, kernel: 1)
        return writer.add(writer.leakyModule("conv2", narrow, to: channels, kernel: 3), map)
      }
    }
  }

  private func neck(_ stages: [FeatureMap], _ writer: inout NetworkWriter) -> [FeatureMap] {
    var maps: [FeatureMap] = []
    for level in 0..<3 {
      var input = stages[4 - level]
      if let coarser = maps.last {
        let route = writer.leakyModule("conv\(level)", coarser, to: neckChannels[level], kernel: 1)
        input = writer.concatenate([writer.upsample(route, by: 2), input])
      }
      let narrow = neckChannels[level]
      maps.append(
        writer.part("detect\(level + 1)") { writer in
          (0..<5).reduce(input) { map, index in
            let isWide = index % 2 == 1
            return writer.leakyModule(
              "conv\(index + 1)", map, to: isWide ? 2 * narrow : narrow, kernel: isWide ? 3 : 1)
          }
        })
    }
    return maps
  }
}

extension NetworkWriter {
  fileprivate mutating func leakyModule(
    _ name: String, _ input: FeatureMap, to channels: Int, kernel: Int, stride: Int = 1
  ) -> FeatureMap {
    convModule(name, input, to: channels, kernel: kernel, stride: stride, activation: .leakyRelu(slope: 0.1))
  }
}
