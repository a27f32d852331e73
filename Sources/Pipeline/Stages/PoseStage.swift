internal import Estimation
internal import Pose
internal import Tracking
internal import Video

/// Poses and looks of the people of frames, in groups that fill the network's batches.
struct PoseStage {
  let estimator: TopDownEstimator
  let rule: FrameGroupRule
  private let appearances: AppearanceReader?
  private var group: [(frame: Frame, boxes: [ScoredBox])] = []

  init(_ estimator: TopDownEstimator, rule: FrameGroupRule) {
    self.estimator = estimator
    self.rule = rule
    appearances = AppearanceReader(estimator.skeleton)
  }

  /// Adds a frame. Once the group is full its frames come back with their poses; until then none do.
  mutating func add(_ frame: Frame, boxes: [ScoredBox]) throws -> [(frame: Frame, poses: [Pose])] {
    group.append((frame, boxes))
    let people = group.reduce(0) { $0 + $1.boxes.count }
    return rule.isFull(frames: group.count, people: people) ? try finish() : []
  }

  /// The frames that wait, with their poses.
  mutating func finish() throws -> [(frame: Frame, poses: [Pose])] {
    defer { group.removeAll() }
    let poses = try estimator.estimate(group.map { .init(picture: $0.frame.picture, boxes: $0.boxes) })
    return zip(group, poses).map { entry, poses in
      let seen = poses.map { pose in
        var pose = pose
        pose.appearance = appearances?.appearance(of: pose, in: entry.frame.picture)
        return pose
      }
      return (entry.frame, seen)
    }
  }
}
