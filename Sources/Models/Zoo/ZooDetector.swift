public import Architectures
public import Foundation

/// A published person detector, or one of which people are a class.
public struct ZooDetector: PublishedModel, Hashable {
  public var name: String
  public var dataSet: String
  public var checkpoint: URL
  public var hash: String
  public var sha256: String?
  public var network: String
  public var figures: [PublishedFigure]
  /// With the architecture that builds it.
  public var description: DetectorDescription

  public var purpose: String { "detector" }

  public func blueprint() throws -> NetworkBlueprint { try description.blueprint(name: name) }
}
