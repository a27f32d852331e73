/// What a network wants its pixels to be: channel order, and `(value · scale - mean) / std` for each channel.
package struct PixelFormat: Hashable, Sendable {
  package enum ChannelOrder: String, Sendable, Codable, CaseIterable { case rgb, bgr }

  package var channelOrder: ChannelOrder
  /// In the network's channel order.
  package var mean: [Float]
  /// In the network's channel order.
  package var std: [Float]
  /// Applied to 0…255 before the mean is taken off.
  package var scale: Float

  package init(channelOrder: ChannelOrder, mean: [Float], std: [Float], scale: Float = 1) {
    self.channelOrder = channelOrder
    self.mean = mean
    self.std = std
    self.scale = scale
  }

  /// RGB with the mean and deviation of ImageNet on 0…255, as in every mmpose configuration.
  package static let imageNet = PixelFormat(
    channelOrder: .rgb, mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375])

  /// The bytes as they are.
  package static let bytes = PixelFormat(channelOrder: .rgb, mean: [0, 0, 0], std: [1, 1, 1])

  /// The same for a network that takes its channels the other way round.
  var swapped: PixelFormat {
    PixelFormat(
      channelOrder: channelOrder == .rgb ? .bgr : .rgb, mean: mean.reversed(), std: std.reversed(), scale: scale)
  }

  /// The network's value for each byte, 256 entries a channel, channel by channel in the network's order.
  package var table: [Float] {
    (0..<3).flatMap { channel in
      (0..<256).map { (Float($0) * scale - mean[channel]) / std[channel] }
    }
  }
}

extension PixelFormat {
  enum Keys: String, CodingKey, CaseIterable {
    case channelOrder = "channel_order"
    case mean, std, scale
  }

  /// `standard` gives what is not stated, in RGB order.
  init(from container: KeyedDecodingContainer<DescriptionKey>, standard: PixelFormat) throws {
    channelOrder =
      container.contains(.init(Keys.channelOrder))
      ? try container.decodeName(ChannelOrder.self, forKey: Keys.channelOrder) : .rgb
    let standard = channelOrder == .bgr ? standard.swapped : standard
    mean = try container.decodeIfPresent([Float].self, forKey: .init(Keys.mean)) ?? standard.mean
    std = try container.decodeIfPresent([Float].self, forKey: .init(Keys.std)) ?? standard.std
    scale = try container.decodeIfPresent(Float.self, forKey: .init(Keys.scale)) ?? standard.scale
    try container.check(Keys.mean, mean.count == 3 && mean.allSatisfy(\.isFinite), "three numbers, one a channel")
    try container.check(
      Keys.std, std.count == 3 && std.allSatisfy { $0.isFinite && $0 != 0 }, "three numbers other than 0")
    try container.check(Keys.scale, scale.isFinite && scale > 0, "a positive number")
  }

  func encode(to container: inout KeyedEncodingContainer<DescriptionKey>) throws {
    try container.encode(channelOrder, forKey: .init(Keys.channelOrder))
    try container.encode(mean, forKey: .init(Keys.mean))
    try container.encode(std, forKey: .init(Keys.std))
    try container.encode(scale, forKey: .init(Keys.scale))
  }
}
