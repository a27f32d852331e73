package import Architectures
package import Inference

/// A network with what is known about it, ready to be put on a backend.
package struct LoadedModel<Description: Hashable & Codable & Sendable>: Sendable {
  /// How the user called it.
  package var name: String
  /// SHA-256 of the file it came from.
  package var sha256: String
  /// What built the network; nil where the file holds it.
  package var architecture: Architecture?
  package var description: Description
  /// Whether the description was told from the network's shapes, since none was given.
  package var isInferred: Bool
  package var graph: Graph

  package init(
    name: String, sha256: String, architecture: Architecture? = nil, description: Description, isInferred: Bool = false,
    graph: Graph
  ) {
    self.name = name
    self.sha256 = sha256
    self.architecture = architecture
    self.description = description
    self.isInferred = isInferred
    self.graph = graph
  }
}
