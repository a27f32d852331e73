private import Files
public import Interchange
private import Pose
internal import Timing
private import Tracking

/// Gives saved poses identities, without inference. From the poses of an `EstimateJob` they are those of a `TrackJob`.
public struct LinkJob {
  public var recording: Recording
  public var settings: LinkSettings

  public init(recording: Recording, settings: LinkSettings) {
    self.recording = recording
    self.settings = settings
  }

  /// The recording with new identities.
  public func run() throws -> Recording {
    var linker = Linker(skeleton: recording.header.skeleton, settings: settings)
    var result = recording
    try result.header.provenance?.set("identities", to: .encoding(settings))
    for (position, frame) in recording.frames.enumerated() {
      let time = frame.time ?? MediaTime(ticks: Int64(frame.index), denominator: 25)
      let people = linker.link(frame.people.map(\.pose), at: time).shown
      result.frames[position].people = people.map { .init($0.pose, trackID: $0.trackID) }
    }
    if let people = settings.people {
      let kept = linker.presence.mostPresent(people)
      for position in result.frames.indices {
        result.frames[position].people.removeAll { !kept.contains($0.trackID ?? -1) }
      }
    }
    return result
  }
}
