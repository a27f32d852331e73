private import Foundation
internal import Models

/// How published models are shown.
enum ModelText {
  /// The figure that models of its kind are compared by.
  static func headline(_ model: any PublishedModel) -> String {
    let wanted = ["Whole AP", "Total", "Mean Acc", "Mean", "AP", "AP(COCO)", "AUC(Body8)", "box AP"]
    let figure = wanted.lazy.compactMap { name in model.figures.first { $0.name == name } }.first
    return figure.map { "\($0.name) \($0.value)" } ?? ""
  }

  /// The size of the input in words.
  static func input(of description: ModelDescription) -> String {
    let size = "\(description.inputSize.width)x\(description.inputSize.height)"
    if case .bottomUp = description { return "\(size) or larger, as wide or high as the frame demands" }
    return "\(size) (width x height)"
  }

  static func codec(of description: ModelDescription) -> String {
    switch description {
    case .pose(let description): "\(description.codec.type)\(description.usesUDPCrop ? ", UDP crop" : "")"
    case .bottomUp(let description): "\(description.codec.type), bottom-up\(description.codec.usesUDP ? ", UDP" : "")"
    case .oneStagePose: "one-stage"
    case .detector(let description): description.format
    }
  }

  static func json(_ models: [any PublishedModel], in store: ModelStore) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(models.map { Entry($0, store) }), as: UTF8.self)
  }

  private struct Entry: Encodable {
    var name: String
    var network: String
    var dataSet: String
    var kind: String
    var keypointSet: String?
    var inputSize: [Int]
    var codec: Codec
    var checkpoint: String
    var sha256Prefix: String
    var sha256: String?
    var file: String?
    var figures: [String: String]

    init(_ model: any PublishedModel, _ store: ModelStore) {
      name = model.name
      network = model.network
      dataSet = model.dataSet
      kind = if case .detector = model.use { "detector" } else { "pose" }
      keypointSet = model.use.keypointSet
      inputSize = [model.use.inputSize.width, model.use.inputSize.height]
      codec = Codec(description: model.use)
      checkpoint = model.checkpoint.absoluteString
      sha256Prefix = model.hash
      sha256 = model.sha256
      file = store.contains(model) ? store.file(of: model).path : nil
      figures = Dictionary(model.figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// How keypoints are written into the output, by the keys of descriptions.
  private struct Codec: Encodable {
    var description: ModelDescription

    func encode(to encoder: any Encoder) throws {
      switch description {
      case .pose(let description): try description.codec.encode(to: encoder)
      case .bottomUp(let description): try description.codec.encode(to: encoder)
      case .oneStagePose: try "one-stage".encode(to: encoder)
      case .detector(let description): try description.format.encode(to: encoder)
      }
    }
  }
}
