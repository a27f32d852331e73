internal import Pose

/// A pose of the frame that may be somebody, with what is around it.
struct Sighting: Sendable {
  let pose: Pose
  /// Among the poses of the frame.
  let place: Int
  /// Little of the box is covered by other poses, so that the colours are the person's own.
  let isClear: Bool

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
