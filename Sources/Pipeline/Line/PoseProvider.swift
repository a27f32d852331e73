internal import Pose
internal import Video

/// Frames in, poses out: a way from pictures to the people in them. Frames come in order; they come back in the same order
/// with their poses, some of them later, since people of several frames may share a batch of the network.
protocol PoseProvider: AnyObject {
  /// What the keypoints of the poses are.
  var skeleton: Skeleton { get }

  /// Whether the poses of a frame depend on the tracked poses of the frame before. Then every frame comes back at once, and
  /// `observe` is called before the next one.
  var followsPoses: Bool { get }

  /// What the time goes into, in the order of the work.
  var stages: [(name: String, clock: StageClock)] { get }

  /// Takes the next frame, and gives back those that are done.
  func add(_ frame: Frame) throws -> [PosedFrame]

  /// Gives back the frames that still wait, at the end of the video.
  func finish() throws -> [PosedFrame]

  /// Takes the tracked poses of the frame that came back last; where they are followed by optical flow, moved to the next frame.
  func observe(_ poses: [TrackedPose])

  /// How many of the frames that an interrupted run has done, counted from the front, need not be done again: from there on
  /// this provider gives what it would have given without the interruption.
  func resumePoint(_ done: [DoneFrame]) -> Int
}

/// A frame and the poses in it.
struct PosedFrame {
  var frame: Frame
  var poses: [Pose]
}

/// What a journal says of a frame of an earlier run.
struct DoneFrame {
  /// Counted from 0 over all frames of the video.
  var index: Int
  /// The number of poses.
  var people: Int
}
