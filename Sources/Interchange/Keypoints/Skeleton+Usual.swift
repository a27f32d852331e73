internal import Files
internal import Pose

extension Skeleton {
  /// The keypoint set that as many keypoints usually are, in files that do not name them. Throws where that is open.
  static func usual(_ count: Int) throws(FileError) -> Skeleton {
    switch count {
    case 17: return .coco17
    case 26: return .halpe26
    case 133: return .wholeBody133
    default:
      throw FileError(
        .invalid, problem: "\(count) keypoints, which the file does not name",
        remedy: "name the keypoint set with --keypoint-set")
    }
  }
}
