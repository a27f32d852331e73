internal import Interchange
internal import Pose
internal import Tracking

/// Rounds poses to what files hold and gives identities, so that drawing and linking from memory and from a file are the same.
struct Linker {
  private var tracker: Tracker
  private(set) var presence = Presence()

  init(skeleton: Skeleton, options: TrackerOptions) {
    tracker = Tracker(skeleton: skeleton, options: options)
  }

  mutating func link(_ poses: [Pose], at time: MediaTime) -> [TrackedPose] {
    let people = tracker.update(poses.map { $0.rounded() }, at: time)
    presence.count(people.map(\.trackID))
    return people
  }
}
