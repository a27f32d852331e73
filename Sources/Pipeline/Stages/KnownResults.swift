internal import Imaging
internal import Interchange
internal import Pose
internal import Timing
internal import Video

/// Joins results that are known already with the pictures of their video.
struct KnownResults {
  /// What became of the video while its pictures were read.
  struct Outcome {
    /// Whether the video goes on after the last result.
    var isPartial = false
    var report = FrameStream.Report()
  }

  /// Reads the video with ``VideoReaderOptions/forDrawing``; nil where no pictures are needed, and frames have times only.
  var reader: VideoReader?

  /// Ends when either side does; frames of the video without a result are passed over, and the other way round.
  @discardableResult
  func join(
    _ next: () throws -> RecordedFrame?, clock: StageClock, _ body: (TrackedFrame) throws -> Void
  ) throws -> Outcome {
    guard let reader else {
      while let known = try next() {
        try body(known.trackedFrame)
      }
      return Outcome()
    }
    let frames = FrameStream(reader, capacity: 4, clock: clock)
    var frame = try frames.next()
    var known = try next()
    while let picture = frame, let result = known {
      if picture.index == result.index {
        var known = picture
        known.beginsShot = result.beginsShot
        try body(TrackedFrame(frame: known, people: result.tracked))
      }
      if picture.index <= result.index { frame = try frames.next() }
      if picture.index >= result.index { known = try next() }
    }
    return Outcome(isPartial: frame != nil, report: frames.report)
  }
}

extension VideoReaderOptions {
  /// The same frames, in the form that is drawn on and encoded.
  var forDrawing: VideoReaderOptions {
    var options = self
    options.wantsPicture = false
    options.wantsPlanar = true
    options.wantsMotion = false
    return options
  }
}

extension RecordedFrame {
  /// The people who have an identity.
  var tracked: [TrackedPose] {
    people.compactMap { person in
      person.trackID.map {
        TrackedPose(person.pose, trackID: $0, margin: person.margin, isFilled: person.isFilled)
      }
    }
  }

  /// Without its picture.
  fileprivate var trackedFrame: TrackedFrame {
    var frame = Frame(
      index: index, time: time ?? .zero, picture: .none, width: size?.width, height: size?.height, name: name)
    frame.beginsShot = beginsShot
    return TrackedFrame(frame: frame, people: tracked)
  }
}
