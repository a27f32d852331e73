internal import Pose

/// A pose of the frame that may be somebody, with what is around it.
struct Sighting: Sendable {
  let pose: Pose
  /// Among the poses of the frame.
  let place: Int
  /// Little of the box is covered by other poses, so that the colours are the person's own.
  let isClear: Bool

  /// Whether this is but a piece of another's box, such as a head or a shirt that was found apart. Keypoints say
  /// more of that than the box does.
  func isPart(of whole: Sighting) -> Bool {
    let (part, whole) = (pose.box, whole.pose.box)
    return pose.keypoints.isEmpty && part.height < 0.8 * whole.height && part.intersection(whole) > 0.85 * part.area
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
