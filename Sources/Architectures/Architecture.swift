private import Inference

/// A published network without weights: what sees, and what writes keypoints.
package struct Architecture: Sendable {
  /// The families of backbones.
  package static let backbones: [any Backbone.Type] = [
    ResNet.self, HRNet.self, LiteHRNet.self, ViPNASResNet.self, ViPNASMobileNet.self, MobileNetV2.self, CSPNeXt.self,
    VisionTransformer.self, Hourglass.self,
  ]

  /// The families of heads.
  package static let heads: [any Head.Type] = [
    HeatmapHead.self, SimCCHead.self, SimCCLinearHead.self, AssociativeEmbeddingHead.self, HigherResolutionHead.self,
    IdentityHead.self, DisentangledRegressionHead.self,
  ]

  package var backbone: any Backbone
  package var head: any Head

  package init(_ backbone: some Backbone, _ head: some Head = HeatmapHead.published) {
    self.backbone = backbone
    self.head = head
  }

  /// The network: one N × 3 × H × W picture called `input` in, of any height and width where it looks at all people; heatmaps
  /// called `output` (`output_0` and `output_1` where they have two resolutions) or vectors called `simcc_x` and `simcc_y` out.
  ///
  /// - Throws: `ArchitectureError` where sizes contradict each other.
  package func blueprint(for task: NetworkTask) throws -> NetworkBlueprint {
    var writer = NetworkWriter()
    let size = task.people == .one ? [task.inputHeight, task.inputWidth] : [nil, nil]
    let input = writer.builder.input("input", shape: [nil, 3] + size)
    let picture = FeatureMap(value: input, channels: 3)
    let features = try writer.part("backbone") { try backbone.write(picture, for: task, to: &$0) }
    try writer.part("head") { try head.write(features, for: task, to: &$0) }
    return writer.blueprint(renamings: type(of: backbone).renamings + type(of: head).renamings)
  }
}

extension Architecture: Hashable {
  package static func == (first: Architecture, second: Architecture) -> Bool {
    AnyHashable(first.backbone) == AnyHashable(second.backbone) && AnyHashable(first.head) == AnyHashable(second.head)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(AnyHashable(backbone))
    hasher.combine(AnyHashable(head))
  }
}
