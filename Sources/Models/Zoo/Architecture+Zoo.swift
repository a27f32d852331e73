internal import Architectures

/// The networks of the zoo's tables.
extension Architecture {
  /// A network and its size, such as `resnet50`, `hrnet-w32` or `rtmpose-m`; with `+2` at the end where the checkpoint has two
  /// more keypoints after those of the keypoint set.
  init?(zooName: String) {
    let parts = zooName.split(separator: "+")
    guard let network = parts.first, let known = Self.published[String(network)] else { return nil }
    self = known
    if parts.count == 2, let extraMaps = Int(parts[1]), var head = head as? HeatmapHead {
      head.extraMaps = extraMaps
      self.head = head
    }
  }

  private static let noDeconvolutions = HeatmapHead(deconvChannels: [])

  private static let published: [String: Architecture] = {
    var networks: [String: Architecture] = [
      "mobilenetv2": Architecture(MobileNetV2()),
      "vipnas-res50": Architecture(
        ViPNASResNet(), HeatmapHead(deconvChannels: [144, 144, 144], groups: 16)),
      "vipnas-mbv3": Architecture(
        ViPNASMobileNet(), HeatmapHead(deconvChannels: [160, 160, 160], groups: 160)),
      "litehrnet18": Architecture(LiteHRNet(stageModules: [2, 4, 2]), noDeconvolutions),
      "litehrnet30": Architecture(LiteHRNet(stageModules: [3, 8, 3]), noDeconvolutions),
      "hrnet-w32": Architecture(HRNet(width: 32), noDeconvolutions),
      "hrnet-w48": Architecture(HRNet(width: 48), noDeconvolutions),
      "hourglass-ae": Architecture(Hourglass(), IdentityHead()),
      "simcc-res50": Architecture(ResNet(depth: 50), SimCCLinearHead()),
      "simcc-mobilenetv2": Architecture(
        MobileNetV2(), SimCCLinearHead(deconvChannels: [])),
      "simcc-vipnas-mbv3": Architecture(
        ViPNASMobileNet(),
        SimCCLinearHead(deconvChannels: [160, 160, 160], groups: 160)),
    ]
    for width in [32, 48] {
      networks["hrnet-w\(width)-ae"] = Architecture(HRNet(width: width), AssociativeEmbeddingHead())
      networks["higherhrnet-w\(width)"] = Architecture(
        HRNet(width: width), HigherResolutionHead(deconvChannels: width))
      networks["dekr-hrnet-w\(width)"] = Architecture(
        HRNet(width: width, joinsBranches: true), DisentangledRegressionHead())
    }
    let grouped = AssociativeEmbeddingHead(deconvChannels: [256, 256, 256])
    networks["mobilenetv2-ae"] = Architecture(MobileNetV2(), grouped)
    for depth in [50, 101, 152] {
      networks["resnet\(depth)-ae"] = Architecture(ResNet(depth: depth), grouped)
      networks["resnet\(depth)"] = Architecture(ResNet(depth: depth))
      var network = ResNet(depth: depth)
      (network.deepStem, network.avgDown) = (true, true)
      networks["resnetv1d\(depth)"] = Architecture(network)
    }
    let sizes = [("t", 0.375, 0.167), ("s", 0.5, 0.33), ("m", 0.75, 0.67), ("l", 1, 1), ("x", 1.25, 1.33)]
    for (name, width, depth) in sizes {
      let backbone = CSPNeXt(width: width, depth: depth)
      networks["cspnext-\(name)"] = Architecture(backbone)
      networks["rtmpose-\(name)"] = Architecture(backbone, SimCCHead())
    }
    for (name, channels, layers, heads) in [
      ("small", 384, 12, 12), ("base", 768, 12, 12), ("large", 1024, 24, 16), ("huge", 1280, 32, 16),
    ] {
      let backbone = VisionTransformer(channels: channels, layers: layers, heads: heads)
      networks["vit-\(name)"] = Architecture(backbone, HeatmapHead(deconvChannels: [256, 256]))
      var head = HeatmapHead(deconvChannels: [])
      (head.upsampling, head.finalKernel) = (4, 3)
      networks["vit-\(name)-simple"] = Architecture(backbone, head)
    }
    return networks
  }()
}
