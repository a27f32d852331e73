internal import Inference

/// Faster R-CNN (Ren et al., 2015) with a feature pyramid (Lin et al., 2017) and, with several stages, Cascade R-CNN (Cai and
/// Vasconcelos, 2019), on ResNet or ResNeXt.
///
/// The network has several inputs, since regions are chosen between its parts: from `input` come the pyramid, `fpn_0` to `fpn_3`
/// of a 4th to a 32nd of the picture's size, and for each of five levels logits `rpn_cls_n` and deltas `rpn_bbox_n` of three anchors
/// a cell; from `regions_k`, squares of 7 × 7 cells out of the pyramid, logits `cls_k` of the classes and of nothing, which is
/// last, and deltas `bbox_k`, of every class where there is one stage.
package struct RegionCNN: DetectorFamily {
  package static let type = "rcnn"
  package static let published = RegionCNN(depth: 50, stages: 1)

  /// 50, 101 or 152.
  package var depth: Int
  /// Width of the narrow convolutions of the first stage of the backbone; it doubles with every stage.
  package var baseChannels = 64
  package var stemChannels = 64
  package var groups: Int
  package var groupWidth = 4
  package var pyramidChannels = 256
  package var hiddenChannels = 1024
  /// 1 for Faster R-CNN, 3 for the published Cascade R-CNN.
  package var stages: Int

  package init(depth: Int, groups: Int = 1, stages: Int) {
    self.depth = depth
    self.groups = groups
    self.stages = stages
  }

  /// Cells along a side of a region.
  private static let regionSize = 7
  private static let anchorsPerCell = 3

  package func write(_ picture: FeatureMap, classes: Int, to writer: inout NetworkWriter) throws {
    guard (1...8).contains(stages), pyramidChannels > 0, hiddenChannels > 0 else {
      throw ArchitectureError("an R-CNN needs 1 to 8 stages, and channels in its pyramid and its heads")
    }
    var backbone = ResNet(depth: depth)
    (backbone.baseChannels, backbone.stemChannels) = (baseChannels, stemChannels)
    (backbone.groups, backbone.groupWidth) = (groups, groupWidth)
    let maps = try writer.part("backbone") { try backbone.stages(picture, to: &$0) }
    let pyramid = writer.part("neck") { self.pyramid(maps, &$0) }
    writer.part("rpn_head") { proposals(pyramid, &$0) }
    for (level, map) in pyramid.prefix(4).enumerated() { writer.builder.output(map.value, name: "fpn_\(level)") }
    for stage in 0..<stages {
      writer.part(stages == 1 ? "roi_head.bbox_head" : "roi_head.bbox_head.\(stage)") {
        head(stage, classes: classes, &$0)
      }
    }
  }

  /// Every map with what the coarser ones add to it, and one of half the size of the last.
  private func pyramid(_ maps: [FeatureMap], _ writer: inout NetworkWriter) -> [FeatureMap] {
    var sums = maps.enumerated().map {
      writer.convolution("lateral_convs.\($0).conv", $1, to: pyramidChannels, kernel: 1, bias: true)
    }
    for level in sums.indices.dropLast().reversed() {
      sums[level] = writer.add(sums[level], writer.upsample(sums[level + 1], by: 2))
    }
    let levels = sums.enumerated().map {
      writer.convolution("fpn_convs.\($0).conv", $1, to: pyramidChannels, kernel: 3, bias: true)
    }
    return levels + [writer.maxPool(levels[3], kernel: 1, stride: 2)]
  }

  private func proposals(_ pyramid: [FeatureMap], _ writer: inout NetworkWriter) {
    let features = pyramid.map {
      writer.relu(writer.convolution("rpn_conv", $0, to: pyramidChannels, kernel: 3, bias: true))
    }
    for (name, count) in [("cls", Self.anchorsPerCell), ("bbox", 4 * Self.anchorsPerCell)] {
      for (level, map) in features.enumerated() {
        let output = writer.convolution(name == "cls" ? "rpn_cls" : "rpn_reg", map, to: count, kernel: 1, bias: true)
        writer.builder.output(output.value, name: "rpn_\(name)_\(level)")
      }
    }
  }

  private func head(_ stage: Int, classes: Int, _ writer: inout NetworkWriter) {
    let size = Self.regionSize
    let regions = writer.builder.input("regions_\(stage)", shape: [nil, pyramidChannels, size, size])
    var features = FeatureMap(
      value: writer.node(.flatten(axis: 1), [regions]), channels: pyramidChannels * size * size)
    for layer in 0..<2 {
      features = writer.relu(writer.linear("shared_fcs.\(layer)", features, to: hiddenChannels, bias: true))
    }
    let logits = writer.linear("fc_cls", features, to: classes + 1, bias: true)
    let deltas = writer.linear("fc_reg", features, to: stages == 1 ? 4 * classes : 4, bias: true)
    writer.builder.output(logits.value, name: "cls_\(stage)")
    writer.builder.output(deltas.value, name: "bbox_\(stage)")
  }
}
