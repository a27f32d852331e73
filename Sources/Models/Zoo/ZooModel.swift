public import Architectures
public import Foundation

/// A published pose network: where its checkpoint is, how it is built and used, and what was measured with it.
public struct ZooModel: PublishedModel, Hashable {
  public typealias Figure = PublishedFigure

  /// The name of the checkpoint without hash and date, such as `res50_coco_256x192`.
  public var name: String
  /// What it was trained and measured on, such as `coco`.
  public var dataSet: String
  public var checkpoint: URL
  /// The first eight hexadecimal digits of the checkpoint's SHA-256, as its file name states them.
  public var hash: String
  /// The whole of the SHA-256, where it is known.
  public var sha256: String?
  /// What the network is called in the zoo's tables, such as `hrnet-w32`.
  public var network: String
  public var architecture: Architecture
  public var description: ModelDescription
  /// As published, in the order of the publication.
  public var figures: [Figure]

  /// The name of the keypoint set.
  public var keypointSet: String { description.keypointSet ?? "" }

  public var purpose: String { keypointSet }

  public func blueprint() throws -> NetworkBlueprint { try architecture.blueprint(for: description, name: name) }
}
