internal import Interchange
internal import Pose
internal import Timing
internal import Tracking

/// Makes people out of poses. Rounds poses to what files hold, so that linking and drawing from memory and from a file are
/// the same.
struct Linker {
  private var tracker: Tracker
  private var smoother: Smoother?
  private(set) var presence = Presence()

  init(skeleton: Skeleton, settings: LinkSettings) {
    tracker = Tracker(skeleton: skeleton, options: settings.tracking)
    smoother = settings.smoothing.map { Smoother(options: $0) }
  }

  /// The people of the next frame, as they were seen and as they are shown: smoothed, where that is wanted. What follows
  /// a person follows what was seen, which does not lag behind.
  mutating func link(_ poses: [Pose], at time: MediaTime) -> (seen: [TrackedPose], shown: [TrackedPose]) {
    let seen = tracker.update(poses.map { $0.rounded() }, at: time)
    presence.count(seen.map(\.trackID))
    let smoothed = smoother?.smooth(seen, at: time).map { TrackedPose($0.pose.rounded(), trackID: $0.trackID) }
    return (seen, smoothed ?? seen)
  }
}
