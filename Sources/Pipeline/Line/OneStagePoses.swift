internal import Detection
internal import Pose
internal import Video

/// Poses of a network that finds boxes and keypoints in one go. Every frame comes back at once, and depends on no other.
final class OneStagePoses: PoseProvider {
  private let estimator: OneStagePoseEstimator
  private let clock = StageClock()

  init(_ estimator: OneStagePoseEstimator) {
    self.estimator = estimator
  }

  var skeleton: Skeleton { estimator.skeleton }
  var followsPoses: Bool { false }
  var stages: [(name: String, clock: StageClock)] { [("poses", clock)] }

  func add(_ frame: Frame) throws -> [PosedFrame] {
    [PosedFrame(frame: frame, poses: try clock.measure { try estimator.poses(in: frame.picture) })]
  }

  func finish() -> [PosedFrame] { [] }

  func observe(_ poses: [TrackedPose]) {}

  func resumePoint(_ done: [DoneFrame]) -> Int { done.count }
}
