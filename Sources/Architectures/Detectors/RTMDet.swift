internal import Inference

/// RTMDet (Lyu et al., RTMDet: An Empirical Study of Designing Real-Time Object Detectors, 2022), its head with batch
/// normalisations of its own for every level. Puts out `cls_0` to `cls_2`, logits, and `bbox_0` to `bbox_2`, distances to the sides of
/// the box in pixels of the input.
package struct RTMDet: DetectorFamily {
  package static let type = "rtmdet"
  package static let published = RTMDet(width: 1, depth: 1, headChannels: 256, neckBlocks: 3)

  /// Of the entrance and the four stages.
  package var channels: [Int]
  /// Of the four stages.
  package var blocks: [Int]
  /// Of neck and head.
  package var headChannels: Int
  package var neckBlocks: Int
  package var headConvolutions = 2
  /// Whether the head gives the logarithms of distances.
  package var logDistances: Bool
  /// Whether 3×3 convolutions are of one channel each, followed by one of 1×1.
  package var usesDepthwise: Bool

  /// `width` and `depth` are factors on the backbone of RTMDet-l.
  package init(
    width: Double, depth: Double, headChannels: Int, neckBlocks: Int, logDistances: Bool = true,
    usesDepthwise: Bool = false
  ) {
    let backbone = CSPNeXt(width: width, depth: depth)
    (channels, blocks) = (backbone.channels, backbone.blocks)
    self.headChannels = headChannels
    self.neckBlocks = neckBlocks
    self.logDistances = logDistances
    self.usesDepthwise = usesDepthwise
  }

  package func write(_ picture: FeatureMap, classes: Int, to writer: inout NetworkWriter) throws {
    guard (1...64).contains(neckBlocks), (1...8).contains(headConvolutions), headChannels > 0 else {
      throw ArchitectureError(
        "an RTMDet needs channels, 1 to 64 blocks in its neck and 1 to 8 convolutions in its head")
    }
    var backbone = CSPNeXt.published
    (backbone.channels, backbone.blocks, backbone.usesDepthwise) = (channels, blocks, usesDepthwise)
    let stages = try writer.part("backbone") { try backbone.stages(picture, to: &$0) }
    let layer = CrossStageLayer(block: .cspNeXt, blocks: neckBlocks, addsInput: false, isDepthwise: usesDepthwise)
    let maps = writer.part("neck") {
      $0.pathAggregation(Array(stages.dropFirst()), to: headChannels, outputKernel: 3, layer)
    }
    let levels = writer.part("bbox_head") { writer in
      maps.enumerated().map { level, map in
        let classFeatures = convolutions("cls_convs.\(level)", map, &writer)
        let boxFeatures = convolutions("reg_convs.\(level)", map, &writer)
        let logits = writer.convolution("rtm_cls.\(level)", classFeatures, to: classes, kernel: 1, bias: true)
        let sides = writer.convolution("rtm_reg.\(level)", boxFeatures, to: 4, kernel: 1, bias: true).value
        let distances = logDistances ? writer.node(.unary(.exp), [sides]) : sides
        return (
          logits: logits.value,
          distances: writer.node(.binary(.multiply), [distances, writer.scalar(Float(8 << level))])
        )
      }
    }
    for (level, map) in levels.enumerated() { writer.builder.output(map.logits, name: "cls_\(level)") }
    for (level, map) in levels.enumerated() { writer.builder.output(map.distances, name: "bbox_\(level)") }
  }

  private func convolutions(_ name: String, _ input: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    (0..<headConvolutions).reduce(input) { map, index in
      writer.siluModule("\(name).\(index)", map, to: headChannels, kernel: 3, isDepthwise: usesDepthwise)
    }
  }
}
