/// How a bottom-up network writes people down, with the parameters of reading them: heatmaps of all people together, and what says
/// whose a keypoint is. That are tags (Newell et al., Associative Embedding: End-to-End Learning for Joint Detection and Grouping,
/// 2017), or the ways from people's centres to their keypoints (Geng et al., DEKR, 2021).
package enum GroupingCodec: Hashable, Sendable {
  /// As mmpose 0.x resizes, groups and refines.
  case heatmapParser(HeatmapParserSettings)
  /// As mmpose 1.x does.
  case associativeEmbedding(AssociativeEmbeddingSettings)
  /// Centres and displacements, as mmpose 1.x reads them.
  case spr(SPRSettings)

  /// The name in a description.
  package var type: String {
    switch self {
    case .heatmapParser: "heatmap_parser"
    case .associativeEmbedding: "associative_embedding"
    case .spr: "spr"
    }
  }

  package var usesUDP: Bool {
    switch self {
    case .heatmapParser(let settings): settings.usesUDP
    case .associativeEmbedding(let settings): settings.usesUDP
    case .spr: false
    }
  }
}

extension GroupingCodec: Codable {
  private static let type = DescriptionKey(stringValue: "type")

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    switch try container.decode(String.self, forKey: Self.type) {
    case "heatmap_parser": self = .heatmapParser(try HeatmapParserSettings(from: decoder))
    case "associative_embedding": self = .associativeEmbedding(try AssociativeEmbeddingSettings(from: decoder))
    case "spr": self = .spr(try SPRSettings(from: decoder))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: Self.type, in: container, debugDescription: "must be one of heatmap_parser, associative_embedding, spr")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: DescriptionKey.self)
    try container.encode(type, forKey: Self.type)
    switch self {
    case .heatmapParser(let settings): try settings.encode(to: encoder)
    case .associativeEmbedding(let settings): try settings.encode(to: encoder)
    case .spr(let settings): try settings.encode(to: encoder)
    }
  }
}

extension KeyedDecodingContainer<DescriptionKey> {
  /// Takes the value of a key, or leaves what is there where the key is absent.
  func read<Value: Decodable>(_ key: some CodingKey, into value: inout Value) throws {
    if let stated = try decodeIfPresent(Value.self, forKey: .init(key)) { value = stated }
  }

  func checkTagThreshold(_ key: some CodingKey, _ value: Double) throws {
    try check(key, value.isFinite && value > 0, "a positive number")
  }

  func checkKernel(_ key: some CodingKey, _ value: Int) throws {
    try check(key, (1...99).contains(value) && value % 2 == 1, "an odd number up to 99")
  }

  func checkCount(_ key: some CodingKey, _ value: Int) throws {
    try check(key, (1...1000).contains(value), "a number from 1 to 1000")
  }

  func checkBase(_ key: some CodingKey, _ value: Int) throws {
    try check(key, (1...1024).contains(value), "a number from 1 to 1024")
  }
}
