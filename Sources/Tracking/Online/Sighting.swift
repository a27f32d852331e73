internal import Pose

/// A pose of the frame that may be somebody, with what is around it.
struct Sighting: Sendable {
  let pose: Pose
  /// Among the poses of the frame.
  let place: Int
  /// Little of the box is covered by other poses, so that the colours are the person's own.
  let isClear: Bool

  /// Whether this is but a piece of another's box, such as head and shoulders, which was found apart and might take the
  /// whole person over: within the other, plainly weaker, and not much smaller. Keypoints say more of that than boxes do.
  func isPart(of whole: Sighting) -> Bool {
    guard pose.keypoints.isEmpty, pose.score < 0.8 * whole.pose.score else { return false }
    let (part, whole) = (pose.box, whole.pose.box)
    return (0.5..<0.8).contains(part.height / max(whole.height, 1)) && part.intersection(whole) > 0.95 * part.area
  }

  /// - Parameter candidates: The places of all that may be somebody.
  static func all(_ candidates: [Int], of poses: [Pose]) -> [Sighting] {
    candidates.map { place in
      let box = poses[place].box
      let limit = 0.2 * box.area
      let isClear = candidates.allSatisfy { $0 == place || box.intersection(poses[$0].box) < limit }
      return Sighting(pose: poses[place], place: place, isClear: isClear)
    }
  }
}
