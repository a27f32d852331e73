internal import Foundation
internal import Imaging
internal import Interchange
internal import Pose
internal import Video

/// Joins results that are known already with the pictures of their video.
struct KnownResults {
  var source: URL
  var reading: VideoReaderOptions
  /// Without, the video isn't opened, and the frames have times but no pictures.
  var needsPictures: Bool

  /// Ends when either side does; frames of the video without a result are passed over, and the other way round.
  ///
  /// - Returns: Whether the video goes on after the last result.
  @discardableResult
  func join(
    _ next: () -> RecordedFrame?, clock: StageClock, _ body: (TrackedFrame) throws -> Void
  ) throws -> Bool {
    guard needsPictures else {
      while let known = next() {
        try body(known.tracked(in: Image(width: 0, height: 0)))
      }
      return false
    }
    var reading = reading
    reading.wantsImage = false
    reading.wantsPlanar = true
    let frames = FrameStream(try VideoReader(source: source, options: reading), capacity: 4, clock: clock)
    var frame = try frames.next()
    var known = next()
    while let picture = frame, let result = known {
      if picture.index == result.index {
        try body(TrackedFrame(frame: picture, people: result.tracked))
      }
      if picture.index <= result.index { frame = try frames.next() }
      if picture.index >= result.index { known = next() }
    }
    return frame != nil
  }
}

extension RecordedFrame {
  /// The people who have an identity.
  var tracked: [TrackedPose] {
    people.compactMap { person in person.trackID.map { TrackedPose(person.pose, trackID: $0) } }
  }

  fileprivate func tracked(in image: Image) -> TrackedFrame {
    TrackedFrame(
      frame: Frame(index: index, time: time ?? MediaTime(ticks: 0, denominator: 1), image: image, name: name),
      people: tracked)
  }
}
