internal import Pose
internal import Timing
internal import Tracking

/// Makes people out of poses. Rounds poses to what files hold, so that linking and drawing from memory and from a file are
/// the same.
struct Linker {
  private var tracker: Tracker
  private(set) var presence = Presence()

  init(skeleton: Skeleton, settings: LinkSettings) {
    tracker = Tracker(skeleton: skeleton, options: settings.tracking)
  }

  /// The people of the next frame.
  mutating func link(_ poses: [Pose], at time: MediaTime) -> [TrackedPose] {
    let people = tracker.update(poses.map { $0.rounded() }, at: time)
    presence.count(people.map(\.trackID))
    return people
  }
}
