private import Inference
private import Pose

/// A published top-down network without weights: what sees, and what writes keypoints.
public struct Architecture: Hashable, Sendable {
  public enum Backbone: Hashable, Sendable {
    case resnet(ResNet)
    case hrnet(HRNet)
    case litehrnet(LiteHRNet)
    case vipnasResnet(ViPNASResNet)
    case vipnasMobilenet(ViPNASMobileNet)
    case mobilenetv2(MobileNetV2)
    case cspnext(CSPNeXt)
    case vit(VisionTransformer)
  }

  public enum Head: Hashable, Sendable {
    case heatmap(HeatmapHead)
    case simcc(SimCCHead)
    case simccLinear(SimCCLinearHead)
  }

  public var backbone: Backbone
  public var head: Head

  public init(_ backbone: Backbone, _ head: Head = .heatmap(HeatmapHead())) {
    self.backbone = backbone
    self.head = head
  }

  /// The network for pictures and keypoints as `description` has them: one N × 3 × H × W picture called `input` in;
  /// heatmaps called `output` or vectors called `simcc_x` and `simcc_y` out.
  ///
  /// - Throws: `DescriptionError` where sizes contradict each other.
  public func blueprint(for description: PoseDescription) throws -> NetworkBlueprint {
    guard let skeleton = Skeleton.named(description.keypointSet) else {
      throw DescriptionError(
        "the keypoint set \"\(description.keypointSet)\" is not known; known are "
          + Skeleton.all.map(\.name).joined(separator: ", "))
    }
    var writer = NetworkWriter()
    let (height, width) = (description.inputHeight, description.inputWidth)
    let picture = FeatureMap(value: writer.builder.input("input", shape: [nil, 3, height, width]), channels: 3)
    let features = try writer.part("backbone") { try write(picture, description, to: &$0) }
    var channels = skeleton.joints.count
    if case .heatmapUDPCombined = description.codec { channels *= 3 }
    try writer.part("head") { writer in
      switch head {
      case .heatmap(let head): try head.write(features, channels: channels, to: &writer)
      case .simcc(let head):
        try head.write(features, keypoints: channels, description: description, to: &writer)
      case .simccLinear(let head):
        try head.write(features, keypoints: channels, description: description, to: &writer)
      }
    }
    return writer.blueprint
  }

  private func write(
    _ picture: FeatureMap, _ description: PoseDescription, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    switch backbone {
    case .resnet(let network): try network.write(picture, to: &writer)
    case .hrnet(let network): try network.write(picture, to: &writer)
    case .litehrnet(let network): try network.write(picture, to: &writer)
    case .vipnasResnet(let network): try network.write(picture, to: &writer)
    case .vipnasMobilenet(let network): try network.write(picture, to: &writer)
    case .mobilenetv2(let network): try network.write(picture, to: &writer)
    case .cspnext(let network): try network.write(picture, to: &writer)
    case .vit(let network): try network.write(picture, description: description, to: &writer)
    }
  }
}
