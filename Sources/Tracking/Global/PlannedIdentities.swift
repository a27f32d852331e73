package import Pose
private import Timing

/// Identities as a plan says: the frames are tracked again, the same way, and each link bears the identity of its tracklet. Gaps
/// are filled by lines between the poses before and after them, so that frames are given out a little later.
package struct PlannedIdentities {
  private struct Waiting {
    var time: Double
    var people: [TrackedPose]
  }

  private var tracker: any FrameTracker
  private let plan: IdentityPlan
  private let longestGap: Double
  private var waiting: [Waiting] = []
  /// The number of the first frame that waits.
  private var first = 0
  /// Where everyone was seen last.
  private var last: [Int: (frame: Int, time: Double, pose: Pose)] = [:]

  package init(_ tracker: any FrameTracker, plan: IdentityPlan, longestGap: Double) {
    (self.tracker, self.plan, self.longestGap) = (tracker, plan, longestGap)
  }

  /// Links the poses of the next frame.
  ///
  /// - Parameter frame: As when the plan was made.
  /// - Returns: The frames that are done, in their order.
  package mutating func update(_ poses: [Pose], in frame: FrameContext) -> [[TrackedPose]] {
    let people = tracker.update(poses, in: frame).compactMap { link in
      plan.id(of: link.track, in: frame.index).map { TrackedPose(poses[link.pose], trackID: $0, margin: link.margin) }
    }
    // Nobody is between two shots.
    if tracker.beganShot { last = [:] }
    let (place, now) = (first + waiting.count, frame.time.seconds)
    waiting.append(Waiting(time: now, people: people))
    for person in people {
      if let before = last[person.trackID] { fill(from: before, to: (place, now, person.pose), id: person.trackID) }
      last[person.trackID] = (place, now, person.pose)
    }
    let done = waiting.prefix { now - $0.time > longestGap || longestGap == 0 }.map(\.people)
    waiting.removeFirst(done.count)
    first += done.count
    return done
  }

  /// The frames that still wait.
  package mutating func finish() -> [[TrackedPose]] {
    defer { waiting = [] }
    return waiting.map(\.people)
  }

  private mutating func fill(
    from before: (frame: Int, time: Double, pose: Pose), to after: (frame: Int, time: Double, pose: Pose), id: Int
  ) {
    let span = after.time - before.time
    guard span > 0, span <= longestGap, after.frame - before.frame > 1 else { return }
    for frame in before.frame + 1..<after.frame where frame >= first {
      let share = (waiting[frame - first].time - before.time) / span
      let pose = before.pose.between(after.pose, at: min(1, max(0, share))).rounded()
      waiting[frame - first].people.append(TrackedPose(pose, trackID: id, isFilled: true))
    }
  }
}

extension Pose {
  /// Between this pose and another, `share` of the way; keypoints that both have.
  fileprivate func between(_ other: Pose, at share: Double) -> Pose {
    func mix(_ a: Double, _ b: Double) -> Double { a + share * (b - a) }
    let keypoints = zip(keypoints, other.keypoints).map { a, b -> Keypoint? in
      guard let a, let b else { return nil }
      return Keypoint(
        Point(x: mix(a.point.x, b.point.x), y: mix(a.point.y, b.point.y)), score: min(a.score, b.score))
    }
    return Pose(
      keypoints: keypoints,
      box: Box(
        x: mix(box.x, other.box.x), y: mix(box.y, other.box.y), width: mix(box.width, other.box.width),
        height: mix(box.height, other.box.height)),
      score: min(score, other.score))
  }
}
