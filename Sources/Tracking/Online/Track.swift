internal import Pose

/// One person as the tracker knows it.
struct Track: Sendable {
  /// From 0 in the order in which tracks begin.
  let number: Int
  private(set) var state: TrackState
  private(set) var motion: BoxMotion
  private(set) var look = AppearanceMemory()
  /// Whether the person was taken up again after a while out of sight, and its colours have not yet spoken for it.
  private(set) var isUnproven = false
  /// Of all poses so far.
  private(set) var lowestScore = Double.infinity
  /// Seconds since the person was last seen, and since it was first seen.
  private(set) var unseen: Double = 0
  private(set) var age: Double = 0
  /// What the last sighting changed of the velocity, in pixels a second.
  private(set) var velocityChange = Point(x: 0, y: 0)
  private var last: Pose
  /// The centre of the predicted box when `last` was seen, from where its keypoints move on.
  private var anchor: Point

  init(_ pose: Pose, number: Int) {
    self.number = number
    state = .tentative(seen: 0)
    motion = BoxMotion(pose.box)
    last = pose
    anchor = motion.box.center
  }

  var isTentative: Bool { if case .tentative = state { true } else { false } }
  var isLost: Bool { state == .lost }

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
    age += interval
  }

  /// Follows a camera that has moved.
  mutating func shift(by shift: Point) { motion.shift(by: shift) }

  /// Follows a camera that pans faster than before.
  mutating func accelerate(by change: Point) { motion.accelerate(by: change) }

  mutating func see(_ sighting: Sighting, certain: Bool, confirmAfter: Int) {
    let pose = sighting.pose
    lowestScore = min(lowestScore, pose.score)
    let before = motion.velocity
    motion.observe(pose.box)
    velocityChange = Point(x: motion.velocity.x - before.x, y: motion.velocity.y - before.y)
    if isLost { isUnproven = true }
    if sighting.isClear, let appearance = pose.appearance {
      if look.resembles(appearance) ?? true { isUnproven = false }
      look.see(appearance)
    }
    state = state.seeing(certain: certain, confirmAfter: confirmAfter)
    (last, anchor, unseen) = (pose, motion.box.center, 0)
  }

  mutating func miss(maximumGap: Double) { state = state.missing(unseen: unseen, maximumGap: maximumGap) }
}
