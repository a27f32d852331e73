internal import Pose
internal import Video

/// What leaves the middle of the line.
struct TrackedFrame: Sendable {
  var frame: Frame
  var people: [TrackedPose]
  /// What is made unrecognisable.
  var hidden: [Box] = []
}
