public import Foundation

/// The keys of a model description that say where the network comes from: `model`, an ONNX file, or `architecture` and
/// `checkpoint`. An architecture is an object (see `Architecture+JSON.swift`) or the name of a published model.
public enum NetworkSource: Hashable, Sendable {
  case onnx(URL)
  case checkpoint(URL, Architecture)

  /// - Parameter file: the description; the files that it names are looked for beside it.
  /// - Throws: `DescriptionError` with file and key.
  public init(describedIn file: URL) throws {
    let name = file.relativePath
    guard let data = try? Data(contentsOf: file) else { throw DescriptionError("\(name): cannot be read") }
    guard let keys = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
      throw DescriptionError("\(name): this is not a JSON object")
    }
    func path(_ key: String) throws -> URL? {
      guard let value = keys[key] else { return nil }
      guard let text = value as? String, !text.isEmpty else {
        throw DescriptionError("\(name): the key \"\(key)\" must be the path of a file")
      }
      return URL(filePath: text, relativeTo: file.deletingLastPathComponent()).absoluteURL
    }
    if let model = try path("model") {
      guard keys["architecture"] == nil else {
        throw DescriptionError("\(name): has both \"model\" and \"architecture\"; leave one of them out")
      }
      self = .onnx(model)
    } else if let architecture = keys["architecture"], let checkpoint = try path("checkpoint") {
      self = .checkpoint(checkpoint, try Self.architecture(architecture, name))
    } else {
      throw DescriptionError(
        "\(name): does not say where the network is; add \"model\" (an .onnx file), or \"architecture\" and \"checkpoint\""
      )
    }
  }

  private static func architecture(_ value: Any, _ file: String) throws -> Architecture {
    if let name = value as? String {
      guard let model = Zoo.model(named: name) else {
        throw DescriptionError(
          "\(file): the key \"architecture\": \"\(name)\" is not a published model; `posetrail models list` names them")
      }
      return model.architecture
    }
    do {
      return try Architecture(json: value)
    } catch let error as DescriptionError {
      throw DescriptionError("\(file): the key \"architecture\": \(error.description)")
    }
  }
}
