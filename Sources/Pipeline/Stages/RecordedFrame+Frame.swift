internal import Interchange
internal import Video

extension RecordedFrame {
  /// What files hold of a frame of a video.
  init(_ frame: Frame, people: [Person]) {
    self.init(
      index: frame.index, time: frame.time, name: frame.name, size: PictureSize(frame), beginsShot: frame.beginsShot,
      people: people)
  }
}

extension PictureSize {
  init(_ frame: Frame) {
    self.init(width: frame.width, height: frame.height)
  }
}
