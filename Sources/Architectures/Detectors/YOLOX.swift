internal import Inference

/// YOLOX (Ge et al., YOLOX: Exceeding YOLO Series in 2021). Puts out `cls_0` to `cls_2`, logits, `bbox_0` to `bbox_2`, places and
/// logarithms of sizes in strides, and `obj_0` to `obj_2`, logits of there being anything.
package struct YOLOX: DetectorFamily {
  package static let type = "yolox"
  package static let published = YOLOX(width: 1, depth: 1)

  /// Of the entrance and the four stages.
  package var channels: [Int]
  /// Of the four stages.
  package var blocks: [Int]
  /// Of neck and head.
  package var headChannels: Int
  package var neckBlocks: Int
  /// Whether 3×3 convolutions are of one channel each, followed by one of 1×1.
  package var usesDepthwise: Bool

  /// Factors on the widths and depths of YOLOX-l.
  package init(width: Double, depth: Double, usesDepthwise: Bool = false) {
    func deep(_ count: Double) -> Int { max(1, Int((count * depth).rounded(.toNearestOrEven))) }
    channels = [64, 128, 256, 512, 1024].map { Int($0 * width) }
    blocks = [3, 9, 9, 3].map(deep)
    headChannels = Int(256 * width)
    neckBlocks = deep(3)
    self.usesDepthwise = usesDepthwise
  }

  /// The original code's names (github.com/Megvii-BaseDetection/YOLOX).
  package static let renamings = [
    CheckpointRenaming(
      mark: "backbone.backbone.",
      pieces: [
        ("backbone.stem.", "backbone.backbone.stem."), ("backbone.stage1.", "backbone.backbone.dark2."),
        ("backbone.stage2.", "backbone.backbone.dark3."), ("backbone.stage3.", "backbone.backbone.dark4."),
        ("backbone.stage4.", "backbone.backbone.dark5."), ("neck.reduce_layers.0.", "backbone.lateral_conv0."),
        ("neck.reduce_layers.1.", "backbone.reduce_conv1."), ("neck.top_down_blocks.0.", "backbone.C3_p4."),
        ("neck.top_down_blocks.1.", "backbone.C3_p3."), ("neck.downsamples.0.", "backbone.bu_conv2."),
        ("neck.downsamples.1.", "backbone.bu_conv1."), ("neck.bottom_up_blocks.0.", "backbone.C3_n3."),
        ("neck.bottom_up_blocks.1.", "backbone.C3_n4."), ("neck.out_convs.", "head.stems."),
        ("bbox_head.multi_level_cls_convs.", "head.cls_convs."),
        ("bbox_head.multi_level_reg_convs.", "head.reg_convs."),
        ("bbox_head.multi_level_conv_cls.", "head.cls_preds."), ("bbox_head.multi_level_conv_reg.", "head.reg_preds."),
        ("bbox_head.multi_level_conv_obj.", "head.obj_preds."), (".main_conv.", ".conv1."), (".short_conv.", ".conv2."),
        (".final_conv.", ".conv3."), (".blocks.", ".m."), (".depthwise_conv.", ".dconv."),
        (".pointwise_conv.", ".pconv."),
      ])
  ]

  package func write(_ picture: FeatureMap, classes: Int, to writer: inout NetworkWriter) throws {
    guard channels.count == 5, blocks.count == 4, (blocks + [neckBlocks]).allSatisfy({ (1...64).contains($0) }),
      headChannels > 0
    else {
      throw ArchitectureError(
        "a YOLOX needs five numbers of channels, four of blocks and one for its neck (1 to 64), and channels in its head"
      )
    }
    writer.normEpsilon = 1e-3
    let stages = writer.part("backbone") { self.stages(picture, &$0) }
    let layer = CrossStageLayer(block: .darknet, blocks: neckBlocks, addsInput: false, isDepthwise: usesDepthwise)
    let maps = writer.part("neck") {
      $0.pathAggregation(Array(stages.dropFirst()), to: headChannels, outputKernel: 1, layer)
    }
    writer.part("bbox_head") { writer in
      func features(_ kind: String) -> [FeatureMap] {
        maps.enumerated().map { convolutions("multi_level_\(kind)_convs.\($0)", $1, &writer) }
      }
      let (classFeatures, boxFeatures) = (features("cls"), features("reg"))
      for (name, key, features, count) in [
        ("cls", "cls", classFeatures, classes), ("bbox", "reg", boxFeatures, 4), ("obj", "obj", boxFeatures, 1),
      ] {
        for (level, map) in features.enumerated() {
          let output = writer.convolution("multi_level_conv_\(key).\(level)", map, to: count, kernel: 1, bias: true)
          writer.builder.output(output.value, name: "\(name)_\(level)")
        }
      }
    }
  }

  private func convolutions(_ name: String, _ input: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    (0..<2).reduce(input) { map, index in
      writer.siluModule("\(name).\(index)", map, to: headChannels, kernel: 3, isDepthwise: usesDepthwise)
    }
  }

  private func stages(_ picture: FeatureMap, _ writer: inout NetworkWriter) -> [FeatureMap] {
    var output = writer.convModule(
      "stem.conv", writer.everyOtherPixel(picture), to: channels[0], kernel: 3, activation: .silu)
    return (0..<4).map { stage in
      let isLast = stage == 3
      output = writer.part("stage\(stage + 1)") { writer in
        output = writer.siluModule(
          "0", output, to: channels[stage + 1], kernel: 3, stride: 2, isDepthwise: usesDepthwise)
        if isLast { output = writer.part("1") { $0.pyramidPool(output) } }
        let layer = CrossStageLayer(
          block: .darknet, blocks: blocks[stage], addsInput: !isLast, isDepthwise: usesDepthwise)
        return writer.part(isLast ? "2" : "1") { $0.crossStage(output, to: channels[stage + 1], layer) }
      }
      return output
    }
  }
}

extension NetworkWriter {
  /// Four pictures of half the size side by side: of the even and the odd rows of the even columns, then of the odd ones.
  fileprivate mutating func everyOtherPixel(_ picture: FeatureMap) -> FeatureMap {
    let (ends, axes, steps) = (integers([Int(Int32.max), Int(Int32.max)]), integers([2, 3]), integers([2, 2]))
    let parts = [(0, 0), (1, 0), (0, 1), (1, 1)].map { row, column in
      FeatureMap(
        value: node(.slice, [picture.value, integers([row, column]), ends, axes, steps]), channels: picture.channels)
    }
    return concatenate(parts)
  }
}
