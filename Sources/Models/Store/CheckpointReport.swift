private import Architectures
package import Foundation
private import Inference
private import ModelFiles

/// What `models verify` says of a checkpoint: its tensors, all read, and the published network that they are.
package struct CheckpointReport: Sendable {
  package var format: String
  package var tensorCount: Int
  package var elementCount: Int
  package var byteCount: Int
  /// The published models whose networks have exactly these tensors.
  package var networks: [String]
  /// The file as the checkpoint of the published model that it is by name.
  package var published: CheckedCheckpoint?
  /// Tensors with values that are not numbers.
  package var tensorsWithoutNumbers: [String]

  /// Reads everything. Throws where the file is damaged, or is not the published one that it is named after.
  package init(_ file: URL) throws {
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
    published = try Zoo.published(ofFile: file.lastPathComponent).map { try CheckedCheckpoint(file, of: $0) }
    networks = Self.networks(of: checkpoint)
  }

  private static func networks(of checkpoint: Checkpoint) -> [String] {
    var seen: Set<String> = []
    return Zoo.all.filter { seen.insert("\($0.network) \($0.purpose)").inserted }
      .filter { (try? $0.blueprint().requireMatch(checkpoint)) != nil }
      .map { "\($0.network), \($0.purpose), such as \($0.name)" }
  }
}
