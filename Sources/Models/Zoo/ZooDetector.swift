package import Architectures
package import Foundation

/// A published person detector, or one of which people are a class.
package struct ZooDetector: PublishedModel, Hashable {
  package var name: String
  package var dataSet: String
  package var checkpoint: URL
  package var hash: String
  package var sha256: String?
  package var network: String
  package var figures: [PublishedFigure]
  /// With the architecture that builds it.
  package var description: DetectorDescription

  package var purpose: String { "detector" }
  package var use: ModelDescription { .detector(description) }

  package func blueprint() throws -> NetworkBlueprint { try description.blueprint(name: name) }
}
