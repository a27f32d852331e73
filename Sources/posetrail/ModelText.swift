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
    var codec: KeypointCodec?
    var checkpoint: String
    var sha256Prefix: String
    var sha256: String?
    var file: String?
    var figures: [String: String]

    init(_ model: any PublishedModel, _ store: ModelStore) {
      name = model.name
      network = model.network
      dataSet = model.dataSet
      switch model {
      case let model as ZooModel:
        kind = "pose"
        keypointSet = model.description.keypointSet
        codec = model.description.codec
        inputSize = [model.description.inputWidth, model.description.inputHeight]
      case let model as ZooDetector:
        kind = "detector"
        inputSize = [model.description.inputWidth, model.description.inputHeight]
      default: preconditionFailure("models are published for poses and for boxes")
      }
      checkpoint = model.checkpoint.absoluteString
      sha256Prefix = model.hash
      sha256 = model.sha256
      file = store.contains(model) ? store.file(of: model).path : nil
      figures = Dictionary(model.figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
