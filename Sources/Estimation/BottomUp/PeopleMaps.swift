internal import Pose

/// What a bottom-up network says of one picture, put together from its resolutions, sizes and mirror images.
package struct PeopleMaps: Sendable {
  /// One a joint.
  let heatmaps: PredictionMaps
  let tags: TagField
  /// From pixels of the heatmaps to the picture.
  let toPicture: Affine
}

/// A keypoint in map pixels; its score is 0 where it is missing.
struct MapKeypoint: Hashable, Sendable {
  var x: Float = 0
  var y: Float = 0
  var score: Float = 0
}

/// A person in map pixels.
struct MapPerson: Sendable {
  /// One a joint.
  var keypoints: [MapKeypoint]
  /// The mean score of the joints, those that are missing included.
  var score: Float

  init(_ keypoints: [MapKeypoint]) {
    self.keypoints = keypoints
    score = keypoints.reduce(0) { $0 + $1.score } / Float(keypoints.count)
  }
}

extension PeopleMaps {
  /// The mean tag of the keypoints that a person has, at the pixels where they lie.
  func tag(of person: MapPerson) -> [Float] {
    person.keypoints.enumerated().filter { $1.score > 0 }.map { joint, keypoint in
      tags.tag(
        joint, x: min(max(Int(keypoint.x), 0), heatmaps.width - 1), y: min(max(Int(keypoint.y), 0), heatmaps.height - 1)
      )
    }.mean
  }
}
