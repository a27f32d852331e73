internal import Imaging
internal import Pose

/// Moves poses to the next picture.
struct PoseMotion {
  /// Of the picture, in pixels.
  let width: Int
  let height: Int

  /// The poses with their joints where the flow takes them, without those out of the picture; nil where none is left. A joint
  /// that the flow loses moves as the median of the others does.
  func moved(_ poses: [Pose], by flow: some OpticalFlow) -> [Pose?] {
    let points = poses.flatMap { $0.keypoints.compactMap { $0?.point } }
    var found = flow.moved(points)[...]
    return poses.map { pose in
      let own = Array(found.prefix(pose.keypoints.count { $0 != nil }))
      found = found.dropFirst(own.count)
      return moved(pose, to: own)
    }
  }

  private func moved(_ pose: Pose, to places: [Point?]) -> Pose? {
    let points = pose.keypoints.compactMap { $0?.point }
    let steps = zip(points, places).compactMap { old, new in new.map { Point(x: $0.x - old.x, y: $0.y - old.y) } }
    guard let x = steps.map(\.x).upperMedian, let y = steps.map(\.y).upperMedian else { return nil }
    var places = places[...]
    var moved = pose
    moved.keypoints = pose.keypoints.map { keypoint in
      guard var keypoint else { return nil }
      keypoint.point =
        (places.popFirst() ?? nil) ?? Point(x: keypoint.point.x + x, y: keypoint.point.y + y)
      return isInside(keypoint.point) ? keypoint : nil
    }
    (moved.box.x, moved.box.y) = (pose.box.x + x, pose.box.y + y)
    return moved.keypoints.contains { $0 != nil } ? moved : nil
  }

  private func isInside(_ point: Point) -> Bool {
    (-0.5...Double(width) - 0.5).contains(point.x) && (-0.5...Double(height) - 0.5).contains(point.y)
  }
}
