internal import Detection
internal import Estimation
internal import Pose
internal import Video

/// Poses top-down: boxes around people first, then a pose for each box. Frames wait until their people fill the batches
/// of the pose network.
final class TopDownPoses: PoseProvider {
  private let boxes: any BoxProvider
  private let estimator: TopDownEstimator
  private let rule: FrameGroupRule
  private let clocks = (boxes: StageClock(), poses: StageClock())
  private var group: [(frame: Frame, boxes: [ScoredBox])] = []

  /// - Parameter isFollowed: Whether every frame comes back at once, since people are followed from picture to picture.
  init(of video: VideoFacts, boxes: any BoxProvider, estimator: TopDownEstimator, isFollowed: Bool = false) {
    self.boxes = boxes
    self.estimator = estimator
    rule =
      boxes.followsPoses || isFollowed
      ? FrameGroupRule(people: .max, frames: 1) : .standard(width: video.width, height: video.height)
  }

  var skeleton: Skeleton { estimator.skeleton }
  var followsPoses: Bool { boxes.followsPoses }
  var stages: [(name: String, clock: StageClock)] { [("boxes", clocks.boxes), ("poses", clocks.poses)] }

  func add(_ frame: Frame) throws -> [PosedFrame] {
    let startsSection = group.last.map { rule.startsSection(at: frame.index, after: $0.frame.index) } ?? false
    let done = startsSection ? try finish() : []
    let found = try clocks.boxes.measure { try boxes.boxes(in: FrameView(frame)) }
    group.append((frame, found))
    let people = group.reduce(0) { $0 + $1.boxes.count }
    return rule.isFull(frames: group.count, people: people) ? try done + finish() : done
  }

  func finish() throws -> [PosedFrame] {
    defer { group.removeAll() }
    let requests = group.map { TopDownEstimator.Request(picture: $0.frame.picture, boxes: $0.boxes) }
    let poses = try clocks.poses.measure { try estimator.estimate(requests) }
    return zip(group, poses).map { PosedFrame(frame: $0.frame, poses: $1) }
  }

  func observe(_ poses: [TrackedPose]) {
    boxes.observe(poses)
  }

  func resumePoint(_ done: [DoneFrame]) -> Int {
    guard boxes.followsPoses else { return rule.completeFrames(done) }
    return done.indices.last { $0 > 0 && boxes.startsAfresh(at: done[$0].index, after: done[$0 - 1].index) } ?? 0
  }
}

extension FrameView {
  init(_ frame: Frame) {
    self.init(
      index: frame.index, picture: frame.picture, name: frame.name, beginsShot: frame.beginsShot ?? false)
  }
}
