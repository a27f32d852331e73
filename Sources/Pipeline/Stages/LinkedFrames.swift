internal import Interchange
internal import Pose
internal import Timing
internal import Tracking

/// Frames with the people that a linker makes of their poses.
struct LinkedFrames {
  private let source: () throws -> RecordedFrame?
  private let time: (RecordedFrame) -> MediaTime
  private var linker: Linker
  private let kept: Set<Int>?
  private var waiting: [RecordedFrame] = []
  private var done: [RecordedFrame] = []
  private var isAtEnd = false
  /// The frames read so far, and the ids of the people in them.
  private(set) var count = 0
  private(set) var people: Set<Int> = []

  /// - Parameters:
  ///   - source: Gives one frame after the other; its identities don't count.
  ///   - kept: Who is to be there; nil for everyone.
  ///   - time: Of a frame that states none.
  init(
    _ source: @escaping () throws -> RecordedFrame?, _ linker: Linker, keeping kept: Set<Int>?,
    time: @escaping (RecordedFrame) -> MediaTime = { _ in .zero }
  ) {
    (self.source, self.linker, self.kept, self.time) = (source, linker, kept, time)
  }

  /// The next frame; nil after the last.
  mutating func next() throws -> RecordedFrame? {
    while done.isEmpty, !isAtEnd {
      if let frame = try source() {
        count += 1
        waiting.append(frame)
        take(linker.link(frame.people.map(\.pose), in: FrameContext(frame, time: frame.time ?? time(frame))).done)
      } else {
        isAtEnd = true
        take(linker.finish())
      }
    }
    return done.isEmpty ? nil : done.removeFirst()
  }

  private mutating func take(_ frames: [[TrackedPose]]) {
    for (frame, everyone) in zip(waiting, frames) {
      var frame = frame
      frame.people = everyone.filter { kept?.contains($0.trackID) ?? true }.map { .init($0) }
      people.formUnion(frame.people.compactMap(\.trackID))
      done.append(frame)
    }
    waiting.removeFirst(frames.count)
  }
}
