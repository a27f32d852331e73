package import Imaging
package import Inference
package import Models
package import Pose

/// A way from a whole picture to the poses of all people in it, without boxes. Pictures are looked at one by one, so what is found
/// in one depends on nothing else.
///
/// Not thread safe: one owner runs it.
package protocol WholePictureEstimator {
  /// What the network says of a picture.
  associatedtype Maps

  var skeleton: Skeleton { get }

  func maps(of picture: Picture) throws -> Maps

  /// The people that maps hold.
  func poses(in maps: Maps) throws -> [Pose]
}

extension WholePictureEstimator {
  package func poses(of picture: Picture) throws -> [Pose] { try poses(in: maps(of: picture)) }
}

extension BottomUpDescription {
  /// - Parameters:
  ///   - flipTest: Whether mirrored pictures are looked at too, and what is seen averaged: slower, more accurate.
  ///   - name: what the network is called in messages.
  ///   - network: puts a graph on its backend.
  /// - Throws: `EstimationError` where the network does not take pictures, or keypoint set and description differ.
  package func estimator(
    _ graph: Graph, skeleton: Skeleton, flipTest: Bool, name: String, network: (Graph) -> Network
  ) throws -> any WholePictureEstimator {
    switch codec {
    case .heatmapParser, .associativeEmbedding:
      try BottomUpEstimator(
        network: network(graph), description: self, skeleton: skeleton, flipTest: flipTest, name: name)
    case .spr(let settings):
      try RegressionEstimator(
        graph: graph, description: self, settings: settings, skeleton: skeleton, flipTest: flipTest, name: name,
        network: network)
    }
  }
}
