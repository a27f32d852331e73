internal import Files
internal import Pose

/// How many keypoints the people of a file have that does not name them.
final class KeypointCounts {
  private var found: Set<Int> = []

  func see(_ keypoints: [Keypoint?]) {
    if !keypoints.isEmpty { found.insert(keypoints.count) }
  }

  /// The keypoint set of the file: the one that is told, else `named`, else the usual one of as many. Throws where that is open
  /// or does not fit.
  func skeleton(_ options: ReadingOptions, named: Skeleton? = nil) throws(FileError) -> Skeleton {
    guard found.count <= 1 else {
      throw FileError(
        .invalid, problem: "people with \(found.sorted().map(String.init).joined(separator: " and ")) keypoints",
        remedy: "give the predictions of one model")
    }
    guard let count = found.first else { return options.keypointSet ?? named ?? .coco17 }
    let skeleton: Skeleton
    if let known = options.keypointSet ?? named { skeleton = known } else { skeleton = try .usual(count) }
    guard count == skeleton.joints.count else {
      throw FileError(
        .invalid, problem: "\(count) keypoints where \(skeleton.name) has \(skeleton.joints.count)",
        remedy: "name the keypoint set of the file with --keypoint-set")
    }
    return skeleton
  }
}
