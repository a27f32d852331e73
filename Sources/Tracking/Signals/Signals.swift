package import Pose

/// What becomes of the tracked people of a video once all identities are given: confused sides mended, keypoints smoothed. Frames
/// come in in order and go out in order, some of them later; what is held back does not grow with the video.
package struct Signals<Payload> {
  private enum Smoothing {
    case online(Smoother)
    case whole(TrackSmoothing<Payload>)
  }

  private var sequence = FrameSequence()
  private var sides: SideRepair<Payload>?
  private var smoothing: Smoothing?

  package init(_ skeleton: Skeleton, smoothing: Tracking.Smoothing?, mendsSides: Bool) {
    sides = mendsSides ? SideRepair(skeleton) : nil
    self.smoothing = smoothing?.filter.map { filter in
      switch filter {
      case .online(let options): .online(Smoother(options: options))
      case .whole(let filter): .whole(TrackSmoothing(filter))
      }
    }
  }

  /// Takes the next frame, and gives those that are done.
  ///
  /// Where it begins a shot, nothing goes on.
  package mutating func add(
    _ payload: Payload, _ people: [TrackedPose], in frame: FrameContext
  ) -> [(payload: Payload, people: [TrackedPose])] {
    let (time, follows) = sequence.next(frame.index, frame.time)
    let signal = SignalFrame(
      payload: payload, people: people, time: time, follows: follows && frame.beginsShot != true)
    let mended = sides?.add(signal) ?? [signal]
    return mended.flatMap { smooth($0) }
  }

  /// Gives the frames that still wait, at the end of the video.
  package mutating func finish() -> [(payload: Payload, people: [TrackedPose])] {
    let mended = sides?.finish() ?? []
    let done = mended.flatMap { smooth($0) }
    guard case .whole(var filter) = smoothing else { return done }
    let rest = filter.finish()
    smoothing = .whole(filter)
    return done + rest.map(Self.rounded)
  }

  package var report: SignalReport {
    let smoothing: SmoothingReport? =
      switch smoothing {
      case nil: nil
      case .online(let filter): filter.report
      case .whole(let filter): filter.report
      }
    return SignalReport(sides: sides?.report, smoothing: smoothing)
  }

  private mutating func smooth(_ frame: SignalFrame<Payload>) -> [(payload: Payload, people: [TrackedPose])] {
    switch smoothing {
    case nil: return [(frame.payload, frame.people)]
    case .online(var filter):
      smoothing = nil
      var result = frame
      result.people = filter.smooth(frame.people, at: frame.time, follows: frame.follows)
      smoothing = .online(filter)
      return [Self.rounded(result)]
    case .whole(var filter):
      smoothing = nil
      let done = filter.add(frame)
      smoothing = .whole(filter)
      return done.map(Self.rounded)
    }
  }

  /// To what files hold, so that drawing from memory and from a file are the same.
  private static func rounded(_ frame: SignalFrame<Payload>) -> (payload: Payload, people: [TrackedPose]) {
    var people = frame.people
    for index in people.indices { people[index].pose = people[index].pose.rounded() }
    return (frame.payload, people)
  }
}

/// What was done to the signals of a video; nil of what nobody asked for.
package struct SignalReport: Hashable, Sendable {
  package var sides: SideReport?
  package var smoothing: SmoothingReport?

  package init() {}

  init(sides: SideReport?, smoothing: SmoothingReport?) { (self.sides, self.smoothing) = (sides, smoothing) }
}

/// How often left and right were confused.
package struct SideReport: Hashable, Sendable {
  /// Stretches of frames in which a pair of joints was.
  package var swaps = 0
  /// Poses that were changed.
  package var poses = 0
}

/// How many keypoints were to be smoothed.
package struct SmoothingReport: Hashable, Sendable {
  package var keypoints = 0
  /// Those that stayed as they are: alone between gaps, or in frames too far apart for what was asked for.
  package var untouched = 0
}
