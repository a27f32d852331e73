internal import Pose

/// A pose of the frame with what is around it.
struct Sighting: Sendable {
  let pose: Pose
  /// Little of the box is covered by other poses, so that the colours are the person's own.
  let isClear: Bool
  /// How far the colours are from those of the person known to be there whom they suit best; 0 where nobody is.
  let bestLook: Double

  init(_ pose: Pose, others: some Sequence<Pose>, known: some Sequence<Track>) {
    self.pose = pose
    let box = pose.box
    isClear = others.allSatisfy { box.intersection($0.box) < 0.2 * box.area }
    bestLook =
      known.compactMap { track in
        let predicted = track.motion.box
        guard let appearance = pose.appearance, box.intersection(predicted) > 0.2 * min(box.area, predicted.area)
        else { return nil }
        return track.look.distance(appearance)
      }.min() ?? 0
  }
}
