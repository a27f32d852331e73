internal import Pose
internal import Video

extension TrackedPose {
  /// The person where the picture lies in the planes that are drawn on.
  func placed(_ place: Placement) -> TrackedPose {
    var pose = pose
    pose.keypoints = pose.keypoints.map { $0.map { Keypoint(place.point($0.point), score: $0.score) } }
    pose.box = pose.box.placed(place)
    return TrackedPose(pose, trackID: trackID, margin: margin, isFilled: isFilled)
  }
}

extension Box {
  func placed(_ place: Placement) -> Box {
    Box(
      x: place.left + x * place.scaleX, y: place.top + y * place.scaleY, width: width * place.scaleX,
      height: height * place.scaleY)
  }
}

extension Placement {
  /// Pixel centres are at whole coordinates.
  fileprivate func point(_ point: Point) -> Point {
    Point(x: left + (point.x + 0.5) * scaleX - 0.5, y: top + (point.y + 0.5) * scaleY - 0.5)
  }
}
