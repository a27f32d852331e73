public import Interchange
private import Pose
public import Tracking

/// Gives saved poses identities, without inference. From the poses of an `EstimateJob` they are those of a `TrackJob`.
public struct LinkJob {
  public var recording: Recording
  public var tracking: TrackerOptions
  /// Keep the people who are present longest; nil keeps everyone.
  public var people: Int?

  public init(recording: Recording, tracking: TrackerOptions, people: Int?) {
    self.recording = recording
    self.tracking = tracking
    self.people = people
  }

  /// The recording with new identities.
  public func run() -> Recording {
    var linker = Linker(skeleton: recording.header.skeleton, options: tracking)
    var result = recording
    for (position, frame) in recording.frames.enumerated() {
      let time = frame.time ?? MediaTime(ticks: Int64(frame.index), denominator: 25)
      let people = linker.link(frame.people.map(\.pose), at: time)
      result.frames[position].people = people.map { .init($0.pose, trackID: $0.trackID) }
    }
    if let people {
      let kept = linker.presence.mostPresent(people)
      for position in result.frames.indices {
        result.frames[position].people.removeAll { !kept.contains($0.trackID ?? -1) }
      }
    }
    return result
  }
}
