private import Architectures
public import Foundation
private import Inference
private import ModelFiles

/// What `models verify` says of a checkpoint: its tensors, all read, and the published network that they are.
public struct CheckpointReport: Sendable {
  public var format: String
  public var tensorCount: Int
  public var elementCount: Int
  public var byteCount: Int
  /// The published models whose networks have exactly these tensors.
  public var networks: [String]
  /// The file as the checkpoint of the published model that it is by name.
  public var published: CheckedCheckpoint?
  /// Tensors with values that are not numbers.
  public var tensorsWithoutNumbers: [String]

  /// Reads everything. Throws where the file is damaged, or is not the published one that it is named after.
  public init(_ file: URL) throws {
    let checkpoint = try Checkpoint(contentsOf: file)
    format = checkpoint.format.rawValue
    tensorCount = checkpoint.tensors.count
    elementCount = 0
    byteCount = 0
    tensorsWithoutNumbers = []
    for (name, stored) in checkpoint.tensors.sorted(by: { $0.key < $1.key }) {
      let tensor = try stored.read()
      elementCount += tensor.count
      byteCount += tensor.count * stored.scalarType.byteCount
      if try tensor.hasNonNumbers() { tensorsWithoutNumbers.append(name) }
    }
    published = try Zoo.model(ofFile: file.lastPathComponent).map { try CheckedCheckpoint(file, of: $0) }
    networks = Self.networks(of: checkpoint)
  }

  private static func networks(of checkpoint: Checkpoint) -> [String] {
    var seen: Set<String> = []
    return Zoo.models.filter { model in
      seen.insert("\(model.network) \(model.keypointSet)").inserted
    }.filter { model in
      (try? model.architecture.blueprint(for: model.description, name: model.name).requireMatch(checkpoint)) != nil
    }.map { "\($0.network), \($0.keypointSet), such as \($0.name)" }
  }
}
