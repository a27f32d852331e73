/// What a bottom-up pose network, which looks at whole pictures, expects and what its output means.
package struct BottomUpDescription: Hashable, Sendable {
  /// What the shorter sides of pictures are brought to; the input follows the picture's aspect ratio.
  package var inputWidth: Int
  package var inputHeight: Int
  package var pixels: PixelFormat
  /// The name of the keypoint set, such as `coco17`.
  package var keypointSet: String
  package var codec: GroupingCodec

  package init(
    inputWidth: Int, inputHeight: Int, pixels: PixelFormat = .imageNet, keypointSet: String, codec: GroupingCodec
  ) {
    self.inputWidth = inputWidth
    self.inputHeight = inputHeight
    self.pixels = pixels
    self.keypointSet = keypointSet
    self.codec = codec
  }
}

extension BottomUpDescription: Codable {
  private enum Keys: String, CodingKey, CaseIterable {
    case kind
    case inputSize = "input_size"
    case keypointSet = "keypoint_set"
    case codec
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(
      Keys.allCases.map(\.rawValue) + PixelFormat.Keys.allCases.map(\.rawValue) + ModelDescription.commonKeys)
    let size = try container.decodeInputSize()
    self.init(
      inputWidth: size.width, inputHeight: size.height,
      pixels: try PixelFormat(from: container, standard: .imageNet),
      keypointSet: try container.decode(String.self, forKey: .init(Keys.keypointSet)),
      codec: try container.decode(GroupingCodec.self, forKey: .init(Keys.codec)))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: DescriptionKey.self)
    try container.encode("bottom_up", forKey: .init(Keys.kind))
    try container.encode([inputWidth, inputHeight], forKey: .init(Keys.inputSize))
    try pixels.encode(to: &container)
    try container.encode(keypointSet, forKey: .init(Keys.keypointSet))
    try container.encode(codec, forKey: .init(Keys.codec))
  }
}
