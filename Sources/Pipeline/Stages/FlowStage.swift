internal import Imaging
internal import Tracking
internal import Video

/// Finds how each frame moves to the next.
struct FlowStage {
  private let source: FlowTrackerOptions.Source
  private var last: Frame?
  /// Of ``last``, once it was needed.
  private var pyramid: FlowPyramid?

  init(_ source: FlowTrackerOptions.Source) { self.source = source }

  /// The flow from the frame before to this one; nil for the first frame, and where the two differ in size.
  mutating func next(_ frame: Frame) -> (any OpticalFlow)? {
    var slim = frame
    (slim.planar, slim.motion) = (nil, nil)
    let before = last
    last = slim
    guard let before, (before.width, before.height) == (frame.width, frame.height), frame.width > 0, frame.height > 0
    else {
      pyramid = nil
      return nil
    }
    if source == .motionVectors, let motion = frame.motion {
      pyramid = nil
      return motion
    }
    let from = pyramid ?? FlowPyramid(before.picture.luma)
    let to = FlowPyramid(frame.picture.luma)
    pyramid = to
    return PyramidFlow(from: from, to: to)
  }
}
