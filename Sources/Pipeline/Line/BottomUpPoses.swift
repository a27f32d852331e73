internal import Estimation
internal import Pose
internal import Video

/// Poses bottom-up: all people of a frame at once, without boxes. Every frame comes back at once, and depends on no other.
final class BottomUpPoses<Estimator: WholePictureEstimator>: PoseProvider {
  private let estimator: Estimator
  private let clocks = (network: StageClock(), grouping: StageClock())

  init(_ estimator: Estimator) {
    self.estimator = estimator
  }

  var skeleton: Skeleton { estimator.skeleton }
  var followsPoses: Bool { false }
  var stages: [(name: String, clock: StageClock)] { [("poses", clocks.network), ("grouping", clocks.grouping)] }

  func add(_ frame: Frame) throws -> [PosedFrame] {
    let maps = try clocks.network.measure { try estimator.maps(of: frame.picture) }
    return [PosedFrame(frame: frame, poses: try clocks.grouping.measure { try estimator.poses(in: maps) })]
  }

  func finish() -> [PosedFrame] { [] }

  func observe(_ poses: [TrackedPose]) {}

  func resumePoint(_ done: [DoneFrame]) -> Int { done.count }
}
