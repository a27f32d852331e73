/// What a top-down pose network expects and what its output means.
package struct PoseDescription: Hashable, Sendable {
  package var inputWidth: Int
  package var inputHeight: Int
  package var pixels: PixelFormat
  /// The box is enlarged by this factor before it is cut out.
  package var padding: Double
  /// The name of the keypoint set, such as `coco17`.
  package var keypointSet: String
  package var codec: KeypointCodec
  /// Whether crops are cut with UDP's geometry (corner pixel centres on the edges of the box).
  package var usesUDPCrop: Bool
  /// Whether the mirrored output of a flip test is moved by one map pixel before averaging.
  package var shiftsFlippedOutput: Bool

  package init(
    inputWidth: Int, inputHeight: Int, pixels: PixelFormat = .imageNet, padding: Double = 1.25, keypointSet: String,
    codec: KeypointCodec, usesUDPCrop: Bool? = nil, shiftsFlippedOutput: Bool? = nil
  ) {
    self.inputWidth = inputWidth
    self.inputHeight = inputHeight
    self.pixels = pixels
    self.padding = padding
    self.keypointSet = keypointSet
    self.codec = codec
    self.usesUDPCrop = usesUDPCrop ?? codec.usesUDPGeometry
    self.shiftsFlippedOutput = shiftsFlippedOutput ?? Self.shiftsByDefault(codec)
  }

  /// mmpose shifts for plain and DARK heatmaps, not for UDP's, whose mirrored maps are aligned.
  private static func shiftsByDefault(_ codec: KeypointCodec) -> Bool {
    switch codec {
    case .heatmap, .heatmapDark: true
    case .heatmapUDP, .heatmapUDPCombined, .simcc, .heatmapSoftmax: false
    }
  }
}

extension PoseDescription: Codable {
  private enum Keys: String, CodingKey, CaseIterable {
    case kind
    case inputSize = "input_size"
    case padding
    case keypointSet = "keypoint_set"
    case codec
    case udpCrop = "udp_crop"
    case flipTest = "flip_test"
  }

  private struct FlipTest: Codable {
    var shift: Bool

    init(shift: Bool) {
      self.shift = shift
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: DescriptionKey.self)
      try container.rejectUnknownKeys([CodingKeys.shift.stringValue])
      shift = try container.decode(Bool.self, forKey: .init(CodingKeys.shift))
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(
      Keys.allCases.map(\.rawValue) + PixelFormat.Keys.allCases.map(\.rawValue) + ModelDescription.commonKeys)
    let size = try container.decodeInputSize()
    let padding = try container.decodeIfPresent(Double.self, forKey: .init(Keys.padding)) ?? 1.25
    try container.check(Keys.padding, padding.isFinite && padding > 0 && padding <= 10, "a factor from 0 to 10")
    self.init(
      inputWidth: size.width, inputHeight: size.height,
      pixels: try PixelFormat(from: container, standard: .imageNet), padding: padding,
      keypointSet: try container.decode(String.self, forKey: .init(Keys.keypointSet)),
      codec: try container.decode(KeypointCodec.self, forKey: .init(Keys.codec)),
      usesUDPCrop: try container.decodeIfPresent(Bool.self, forKey: .init(Keys.udpCrop)),
      shiftsFlippedOutput: try container.decodeIfPresent(FlipTest.self, forKey: .init(Keys.flipTest))?.shift)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: DescriptionKey.self)
    try container.encode("pose", forKey: .init(Keys.kind))
    try container.encode([inputWidth, inputHeight], forKey: .init(Keys.inputSize))
    try pixels.encode(to: &container)
    try container.encode(padding, forKey: .init(Keys.padding))
    try container.encode(keypointSet, forKey: .init(Keys.keypointSet))
    try container.encode(codec, forKey: .init(Keys.codec))
    try container.encode(usesUDPCrop, forKey: .init(Keys.udpCrop))
    try container.encode(FlipTest(shift: shiftsFlippedOutput), forKey: .init(Keys.flipTest))
  }
}

extension KeyedDecodingContainer<DescriptionKey> {
  /// `input_size`: width, height; bounded so that a hostile file cannot ask for an absurd tensor.
  func decodeInputSize() throws -> (width: Int, height: Int) {
    let key = DescriptionKey(stringValue: "input_size")
    let size = try decode([Int].self, forKey: key)
    try check(key, size.count == 2 && size.allSatisfy { (8...8192).contains($0) }, "[width, height], each 8 to 8192")
    return (size[0], size[1])
  }
}
