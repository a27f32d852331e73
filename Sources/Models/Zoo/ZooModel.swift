package import Architectures
package import Foundation

/// A published pose network: where its checkpoint is, how it is built and used, and what was measured with it.
package struct ZooModel: PublishedModel, Hashable {
  package typealias Figure = PublishedFigure

  /// The name of the checkpoint without hash and date, such as `res50_coco_256x192`.
  package var name: String
  /// What it was trained and measured on, such as `coco`.
  package var dataSet: String
  package var checkpoint: URL
  /// The first eight hexadecimal digits of the checkpoint's SHA-256, as its file name states them.
  package var hash: String
  /// The whole of the SHA-256, where it is known.
  package var sha256: String?
  /// What the network is called in the zoo's tables, such as `hrnet-w32`.
  package var network: String
  package var architecture: Architecture
  package var description: ModelDescription
  /// As published, in the order of the publication.
  package var figures: [Figure]

  /// The name of the keypoint set.
  package var keypointSet: String { description.keypointSet ?? "" }

  package var purpose: String { keypointSet }
  package var use: ModelDescription { description }

  package func blueprint() throws -> NetworkBlueprint { try architecture.blueprint(for: description, name: name) }
}
