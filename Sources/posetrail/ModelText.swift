private import Foundation
internal import Models

/// How published models are shown.
enum ModelText {
  /// The figure that models of its kind are compared by.
  static func headline(_ model: ZooModel) -> String {
    let wanted = ["Whole AP", "Total", "Mean Acc", "Mean", "AP", "AP(COCO)", "AUC(Body8)"]
    let figure = wanted.lazy.compactMap { name in model.figures.first { $0.name == name } }.first
    return figure.map { "\($0.name) \($0.value)" } ?? ""
  }

  /// The size of the input in words.
  static func input(of model: ZooModel) -> String {
    let size = "\(model.description.inputSize.width)x\(model.description.inputSize.height)"
    if case .bottomUp = model.description { return "\(size) or larger, as wide or high as the frame demands" }
    return "\(size) (width x height)"
  }

  static func codec(of model: ZooModel) -> String {
    switch model.description {
    case .pose(let description): "\(description.codec.type)\(description.usesUDPCrop ? ", UDP crop" : "")"
    case .bottomUp(let description): "\(description.codec.type), bottom-up\(description.codec.usesUDP ? ", UDP" : "")"
    case .detector(let description): description.format
    }
  }

  static func json(_ models: [ZooModel], in store: ModelStore) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(models.map { Entry($0, store) }), as: UTF8.self)
  }

  private struct Entry: Encodable {
    var name: String
    var network: String
    var dataSet: String
    var keypointSet: String
    var inputSize: [Int]
    var codec: Codec
    var checkpoint: String
    var sha256Prefix: String
    var sha256: String?
    var file: String?
    var figures: [String: String]

    init(_ model: ZooModel, _ store: ModelStore) {
      name = model.name
      network = model.network
      dataSet = model.dataSet
      keypointSet = model.keypointSet
      inputSize = [model.description.inputSize.width, model.description.inputSize.height]
      codec = Codec(description: model.description)
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
      case .detector(let description): try description.format.encode(to: encoder)
      }
    }
  }
}
