public import Inference

/// A network with what is known about it, ready to be put on a backend.
public struct LoadedModel<Description: Sendable>: Sendable {
  /// How the user called it.
  public var name: String
  /// SHA-256 of the file it came from.
  public var sha256: String
  public var graph: Graph
  public var description: Description

  public init(name: String, sha256: String, graph: Graph, description: Description) {
    self.name = name
    self.sha256 = sha256
    self.graph = graph
    self.description = description
  }
}
