public import Architectures
public import Inference

/// A network with what is known about it, ready to be put on a backend.
public struct LoadedModel<Description: Hashable & Codable & Sendable>: Sendable {
  /// How the user called it.
  public var name: String
  /// SHA-256 of the file it came from.
  public var sha256: String
  /// What built the network; nil where the file holds it.
  public var architecture: Architecture?
  public var description: Description
  /// Whether the description was told from the network's shapes, since none was given.
  public var isInferred: Bool
  public var graph: Graph

  public init(
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
