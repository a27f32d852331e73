internal import Pose

/// One person as the tracker knows it.
struct Track: Sendable {
  /// Given when the track is confirmed.
  var id: Int?
  private(set) var state: TrackState
  private(set) var motion: BoxMotion
  private(set) var look = AppearanceMemory()
  /// Seconds since the person was last seen.
  private(set) var unseen: Double = 0
  private var last: Pose
  /// The centre of the predicted box when `last` was seen, from where its keypoints move on.
  private var anchor: Point

  init(_ pose: Pose) {
    state = .tentative(seen: 0)
    motion = BoxMotion(pose.box)
    last = pose
    anchor = motion.box.center
  }

  var isTentative: Bool { if case .tentative = state { true } else { false } }
  var isLost: Bool { if case .lost = state { true } else { false } }

  /// What the person would look like now, had it only moved on.
  var predicted: Pose {
    let (box, old) = (motion.box, anchor)
    let (x, y) = (box.center.x - old.x, box.center.y - old.y)
    let keypoints = last.keypoints.map { keypoint in
      keypoint.map { Keypoint(Point(x: $0.point.x + x, y: $0.point.y + y), score: $0.score) }
    }
    return Pose(keypoints: keypoints, box: box, score: last.score)
  }

  mutating func advance(_ interval: Double) {
    motion.advance(interval, seen: !isLost)
    unseen += interval
  }

  mutating func see(_ sighting: Sighting, certain: Bool, confirmAfter: Int) {
    let pose = sighting.pose
    motion.observe(pose.box)
    if sighting.isClear, let appearance = pose.appearance { look.see(appearance) }
    state = state.seeing(certain: certain, confirmAfter: confirmAfter)
    (last, anchor, unseen) = (pose, motion.box.center, 0)
  }

  mutating func miss(maximumGap: Int) { state = state.missing(maximumGap: maximumGap) }
}
