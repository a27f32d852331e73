internal import Interchange
internal import Timing
internal import Tracking
internal import Video

extension FrameContext {
  init(_ frame: Frame) {
    self.init(index: frame.index, time: frame.time, width: frame.width, beginsShot: frame.beginsShot)
  }

  /// - Parameter time: Of the frame, which may state none.
  init(_ frame: RecordedFrame, time: MediaTime) {
    self.init(index: frame.index, time: time, width: frame.size?.width, beginsShot: frame.beginsShot)
  }
}
