internal import Pose
internal import Timing
internal import Tracking

/// The first of two passes: links the poses of all frames, and then says who is who.
struct Survey {
  private var tracker: any FrameTracker
  private var collector: TrackletCollector
  private let options: SecondPassOptions
  private let people: Int?

  init(skeleton: Skeleton, settings: LinkSettings, options: SecondPassOptions) {
    tracker = settings.method.tracker(skeleton, settings.tracking)
    collector = TrackletCollector(options: options)
    (self.options, people) = (options, settings.people)
  }

  /// Takes the poses of the next frame, with the identities that they have already, if any.
  ///
  /// - Returns: The people as they were seen, by the numbers of their tracks.
  @discardableResult
  mutating func add(_ poses: [Pose], ids: [Int?] = [], in frame: FrameContext) -> [TrackedPose] {
    let poses = poses.map { $0.rounded() }
    let links = tracker.update(poses, in: frame)
    collector.add(
      poses, ids: ids, links, in: frame, camera: tracker.cameraShift, beganShot: tracker.beganShot)
    return links.map { TrackedPose(poses[$0.pose], trackID: $0.track, margin: $0.margin) }
  }

  var plan: IdentityPlan { IdentityPlan(collector, options: options, people: people) }
}
