package import Foundation

/// What a model file does not say itself: how pictures enter the network and how its output is read. Written as JSON
/// beside an ONNX file, with the same name: `person.onnx`, `person.json`. The keys are listed in this folder's README.
package enum ModelDescription: Hashable, Sendable {
  case pose(PoseDescription)
  case bottomUp(BottomUpDescription)
  case oneStagePose(OneStagePoseDescription)
  case detector(DetectorDescription)

  /// Of the network's input, pixels.
  package var inputSize: (width: Int, height: Int) {
    switch self {
    case .pose(let description): (description.inputWidth, description.inputHeight)
    case .bottomUp(let description): (description.inputWidth, description.inputHeight)
    case .oneStagePose(let description): (description.inputWidth, description.inputHeight)
    case .detector(let description): (description.inputWidth, description.inputHeight)
    }
  }

  /// The name of the keypoint set; nil for a detector.
  package var keypointSet: String? {
    switch self {
    case .pose(let description): description.keypointSet
    case .bottomUp(let description): description.keypointSet
    case .oneStagePose(let description): description.keypointSet
    case .detector: nil
    }
  }

  /// Keys that every description may have and that nothing here reads: notes for people, and where the weights come from.
  static let commonKeys = ["name", "notes", "source", "license", "architecture", "checkpoint", "model"]

  /// Where the description of the model at `model` is looked for.
  package static func url(beside model: URL) -> URL {
    model.deletingPathExtension().appendingPathExtension("json")
  }

  /// Reads and checks a description. Throws `ModelError` with file and key.
  package static func load(_ file: URL) throws -> ModelDescription {
    try parse(DescriptionFile.read(file), name: file.relativePath)
  }

  /// `name` is what the data is called in messages.
  package static func parse(_ data: Data, name: String) throws -> ModelDescription {
    do {
      return try JSONDecoder().decode(ModelDescription.self, from: data)
    } catch let error as DecodingError {
      throw ModelError(
        .unusable, "\(name): \(error.sentence)")
    }
  }

  /// The description as it is written to a file.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

extension ModelDescription: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    let kind = DescriptionKey(stringValue: "kind")
    switch try container.decode(String.self, forKey: kind) {
    case "pose": self = .pose(try PoseDescription(from: decoder))
    case "bottom_up": self = .bottomUp(try BottomUpDescription(from: decoder))
    case "one_stage_pose": self = .oneStagePose(try OneStagePoseDescription(from: decoder))
    case "detector": self = .detector(try DetectorDescription(from: decoder))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: kind, in: container, debugDescription: #"must be "pose", "bottom_up", "one_stage_pose" or "detector""#)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .pose(let description): try description.encode(to: encoder)
    case .bottomUp(let description): try description.encode(to: encoder)
    case .oneStagePose(let description): try description.encode(to: encoder)
    case .detector(let description): try description.encode(to: encoder)
    }
  }
}

extension DecodingError {
  /// One sentence with the key the error is about.
  var sentence: String {
    func key(_ path: [any CodingKey]) -> String {
      path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
    switch self {
    case .keyNotFound(let missing, let context):
      return "the key \"\(key(context.codingPath + [missing]))\" is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "the key \"\(key(context.codingPath))\" has a value of the wrong type: \(context.debugDescription)"
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      return "this is not JSON: \(context.debugDescription)"
    case .dataCorrupted(let context):
      return "the key \"\(key(context.codingPath))\" \(context.debugDescription)"
    @unknown default:
      return "\(self)"
    }
  }
}
