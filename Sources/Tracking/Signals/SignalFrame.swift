internal import Pose
internal import Timing

/// The people of a frame on their way through filters that look at several frames.
struct SignalFrame<Payload> {
  /// What goes with the people and comes out with them.
  var payload: Payload
  var people: [TrackedPose]
  /// In seconds, rising within what follows.
  var time: Double
  /// Whether it follows the frame before without a gap. Nothing is ever smoothed across a gap.
  var follows: Bool
}

/// Tells gaps in a row of frames.
struct FrameSequence {
  private var last: (index: Int, time: Double)?
  /// The least difference between the numbers of frames so far: recordings may take every n-th frame, and leave out those without
  /// people.
  private var step = Int.max
  private var shift = 0.0

  /// In seconds: frames further apart don't follow each other.
  private static let longestInterval = 0.5

  /// The time of the next frame, which never goes back, and whether it follows.
  mutating func next(_ index: Int, _ time: MediaTime) -> (time: Double, follows: Bool) {
    let seconds = time.seconds.isFinite ? time.seconds : (last?.time ?? 0)
    guard let last else {
      self.last = (index, seconds)
      return (seconds, false)
    }
    var now = seconds + shift
    let elapsed = now - last.time
    step = min(step, index - last.index)
    let follows = elapsed > 0 && elapsed <= Self.longestInterval && index - last.index <= step
    if elapsed < 0 {
      shift -= elapsed
      now = last.time
    }
    self.last = (index, now)
    return (now, follows)
  }
}

/// Where one track is in frames that follow each other.
struct TrackStretch {
  var trackID: Int
  /// Of the first frame.
  var start: Int
  /// The track's place among the people of each frame.
  var places: [Int]

  var frames: Range<Int> { start..<start + places.count }

  /// All of some frames.
  static func all<Payload>(in frames: [SignalFrame<Payload>]) -> [TrackStretch] {
    var (done, open): ([TrackStretch], [Int: TrackStretch]) = ([], [:])
    for (number, frame) in frames.enumerated() {
      var next: [Int: TrackStretch] = [:]
      for (place, person) in frame.people.enumerated() where next[person.trackID] == nil {
        let known = frame.follows ? open.removeValue(forKey: person.trackID) : nil
        var stretch = known ?? TrackStretch(trackID: person.trackID, start: number, places: [])
        stretch.places.append(place)
        next[person.trackID] = stretch
      }
      done += open.values
      open = next
    }
    return (done + open.values).sorted { ($0.start, $0.trackID) < ($1.start, $1.trackID) }
  }
}
