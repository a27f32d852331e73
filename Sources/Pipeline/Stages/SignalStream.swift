internal import Interchange
internal import Pose
internal import Timing
internal import Tracking

/// Frames of known people, with what becomes of their signals.
struct SignalStream {
  private var signals: Signals<RecordedFrame>
  private let source: () throws -> RecordedFrame?
  private let time: (RecordedFrame) -> MediaTime
  private var done: [RecordedFrame] = []
  private var isFinished = false

  /// - Parameters:
  ///   - source: Gives one frame after the other; people without an identity are left out.
  ///   - time: Of a frame that states none.
  init(
    _ signals: Signals<RecordedFrame>, _ source: @escaping () throws -> RecordedFrame?,
    time: @escaping (RecordedFrame) -> MediaTime
  ) {
    (self.signals, self.source, self.time) = (signals, source, time)
  }

  var report: SignalReport { signals.report }

  /// The next frame; nil after the last.
  mutating func next() throws -> RecordedFrame? {
    while done.isEmpty, !isFinished {
      if let frame = try source() {
        take(signals.add(frame, frame.tracked, in: FrameContext(frame, time: frame.time ?? time(frame))))
      } else {
        isFinished = true
        take(signals.finish())
      }
    }
    return done.popLast()
  }

  private mutating func take(_ finished: [(payload: RecordedFrame, people: [TrackedPose])]) {
    done = finished.reversed().map { frame, people in
      var frame = frame
      frame.people = people.map { .init($0) }
      return frame
    }
  }
}
