package import Architectures
package import Foundation

/// A published network: where its checkpoint is, what it is built from, and what was measured with it.
package protocol PublishedModel: Sendable {
  /// The name of the checkpoint without hash and date.
  var name: String { get }
  /// What it was trained and measured on, such as `coco`.
  var dataSet: String { get }
  var checkpoint: URL { get }
  /// The first eight hexadecimal digits of the checkpoint's SHA-256, which most file names state.
  var hash: String { get }
  /// The whole of the SHA-256, where it is known.
  var sha256: String? { get }
  /// What the network is called in the zoo's tables.
  var network: String { get }
  /// As published, in the order of the publication.
  var figures: [PublishedFigure] { get }
  /// What the network is for, such as its keypoint set.
  var purpose: String { get }
  /// How the network is used.
  var use: ModelDescription { get }

  func blueprint() throws -> NetworkBlueprint
}

package struct PublishedFigure: Hashable, Sendable {
  package var name: String
  package var value: String
}

extension PublishedModel {
  /// The name of the checkpoint's file.
  package var fileName: String { checkpoint.lastPathComponent }
}
