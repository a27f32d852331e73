internal import Interchange
internal import Pose
internal import Tracking

/// Gives identities and rounds to what files hold, so that drawing from memory and from a file is the same.
struct Linker {
  private var tracker: Tracker
  private(set) var presence = Presence()

  init(skeleton: Skeleton, options: TrackerOptions) {
    tracker = Tracker(skeleton: skeleton, options: options)
  }

  mutating func link(_ poses: [Pose], at time: MediaTime) -> [TrackedPose] {
    let people = tracker.update(poses, at: time).map { TrackedPose($0.pose.rounded(), trackID: $0.trackID) }
    presence.count(people.map(\.trackID))
    return people
  }
}
