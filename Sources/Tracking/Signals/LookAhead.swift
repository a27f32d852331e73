internal import Pose

/// Frames that are held back until enough of those after them are known, with as many before them.
///
/// They are worked on by the dozen, so that the frames around them are looked at about once.
struct LookAhead<Payload> {
  /// How many seconds before and after a frame are looked at.
  private let reach: Double
  private(set) var frames: [SignalFrame<Payload>] = []
  /// Those at the front that were worked on.
  private var done = 0

  private static var fewest: Int { 32 }

  init(reach: Double) { self.reach = reach }

  mutating func add(_ frame: SignalFrame<Payload>) { frames.append(frame) }

  /// The frames that can be worked on now; nil where it is too soon.
  func ready(isLast: Bool = false) -> Range<Int>? {
    if isLast { return done < frames.count ? done..<frames.count : nil }
    guard let now = frames.last?.time, frames.count - done >= Self.fewest else { return nil }
    let end = frames.lastIndex { $0.time < now - reach }.map { $0 + 1 } ?? 0
    guard end - done >= Self.fewest, 2 * (end - done) >= frames.count else { return nil }
    return done..<end
  }

  /// Forgets what no later frame needs, once the frames before `end` were worked on.
  mutating func release(until end: Int) {
    guard end < frames.count else {
      (frames, done) = ([], 0)
      return
    }
    let first = frames.firstIndex { $0.time >= frames[end].time - reach } ?? end
    frames.removeFirst(min(first, end))
    done = end - min(first, end)
  }

  /// Changes people of a frame, for those who look at it later, too.
  mutating func change(_ frame: Int, _ person: Int, _ body: (inout Pose) -> Void) {
    body(&frames[frame].people[person].pose)
  }
}
