package import Architectures
package import Foundation

/// The keys of a model description that say where the network comes from: `model`, an ONNX file, or `architecture` and
/// `checkpoint`. An architecture is an object (see `Architecture+Codable.swift`) or the name of a published model.
package enum NetworkSource: Hashable, Sendable {
  case onnx(URL)
  case checkpoint(URL, Architecture)
  /// A detector's, whose architecture stands in its description.
  case detectorCheckpoint(URL)

  /// - Parameter file: the description; the files that it names are looked for beside it.
  /// - Throws: `ModelError` with file and key.
  package init(describedIn file: URL) throws {
    let name = file.relativePath
    let keys = try Keys(file, name: name)
    func path(_ key: String, _ value: String?) throws -> URL? {
      guard let value else { return nil }
      guard !value.isEmpty else {
        throw ModelError(.unusable, "\(name): the key \"\(key)\" must be the path of a file")
      }
      return URL(filePath: value, relativeTo: file.deletingLastPathComponent()).absoluteURL
    }
    if let model = try path("model", keys.model) {
      guard keys.architecture == nil else {
        throw ModelError(.unusable, "\(name): has both \"model\" and \"architecture\"; leave one of them out")
      }
      self = .onnx(model)
    } else if let checkpoint = try path("checkpoint", keys.checkpoint), keys.isDetector {
      self = .detectorCheckpoint(checkpoint)
    } else if let architecture = keys.architecture, let checkpoint = try path("checkpoint", keys.checkpoint) {
      self = .checkpoint(checkpoint, architecture.architecture)
    } else {
      throw ModelError(
        .unusable,
        "\(name): does not say where the network is; add \"model\" (an .onnx file), or \"architecture\" and \"checkpoint\""
      )
    }
  }
}

private struct Keys: Decodable {
  var model: String?
  var architecture: ArchitectureReference?
  var checkpoint: String?
  var isDetector: Bool

  private enum CodingKeys: CodingKey { case kind, model, architecture, checkpoint }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    isDetector = try container.decodeIfPresent(String.self, forKey: .kind) == "detector"
    model = try container.decodeIfPresent(String.self, forKey: .model)
    checkpoint = try container.decodeIfPresent(String.self, forKey: .checkpoint)
    architecture = isDetector ? nil : try container.decodeIfPresent(ArchitectureReference.self, forKey: .architecture)
  }

  init(_ file: URL, name: String) throws {
    let data = try DescriptionFile.read(file)
    do {
      self = try JSONDecoder().decode(Keys.self, from: data)
    } catch let error as DecodingError {
      throw ModelError(.unusable, "\(name): \(error.sentence)")
    } catch let error as ArchitectureError {
      throw ModelError(.unusable, "\(name): the key \"architecture\": \(error.description)")
    }
  }
}

/// An architecture itself or the name of the published model that has it.
private struct ArchitectureReference: Decodable {
  var architecture: Architecture

  init(from decoder: any Decoder) throws {
    guard let name = try? decoder.singleValueContainer().decode(String.self) else {
      architecture = try Architecture(from: decoder)
      return
    }
    guard let model = Zoo.model(named: name) else {
      throw ArchitectureError("\"\(name)\" is not a published model; `posetrail models list` names them")
    }
    architecture = model.architecture
  }
}
