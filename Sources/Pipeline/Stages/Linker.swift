internal import Imaging
internal import Interchange
internal import Pose
internal import Timing
internal import Tracking
internal import Video

/// Makes people out of poses. Rounds poses to what files hold, so that linking and drawing from memory and from a file are
/// the same. Frames come out in their order, some of them later than they went in.
struct Linker {
  private enum Identities {
    case online(OnlineIdentities)
    case planned(PlannedIdentities)
  }

  private var identities: Identities
  private(set) var presence = Presence()

  /// - Parameters:
  ///   - plan: Who is who, where that is known; else what the past tells.
  ///   - links: Of all frames, where an earlier pass has found them by pictures.
  init(skeleton: Skeleton, settings: LinkSettings, plan: IdentityPlan? = nil, links: [[Link]]? = nil) {
    let tracker: any FrameTracker =
      links.map { KnownLinks($0) } ?? settings.method.tracker(skeleton, settings.tracking)
    identities =
      if let plan {
        .planned(PlannedIdentities(tracker, plan: plan, longestGap: settings.secondPass?.fillGaps ?? 0))
      } else {
        .online(OnlineIdentities(tracker))
      }
  }

  /// Takes the next frame with its poses.
  mutating func link(_ posed: PosedFrame) -> (seen: [TrackedPose], done: [[TrackedPose]]) {
    link(posed.poses, in: FrameContext(posed.frame))
  }

  /// Moves what is remembered to the next frame, and gives the people of the one before, where they are to be seen now.
  mutating func carry(by flow: (any OpticalFlow)?, width: Int, height: Int) -> [TrackedPose] {
    guard case .online(var online) = identities else { return [] }
    defer { identities = .online(online) }
    return online.carry(by: flow, width: width, height: height)
  }

  /// What was linked in the frame taken last.
  var lastLinks: [Link] {
    if case .online(let online) = identities { online.lastLinks } else { [] }
  }

  /// Takes the poses of the next frame.
  ///
  /// - Returns: The people as they were seen, by the numbers of their tracks, for what follows them at once; and the frames
  ///   that are done.
  mutating func link(
    _ poses: [Pose], in frame: FrameContext
  ) -> (seen: [TrackedPose], done: [[TrackedPose]]) {
    let poses = poses.map { $0.rounded() }
    switch identities {
    case .online(var online):
      let (seen, decided) = online.update(poses, in: frame)
      identities = .online(online)
      return (seen, shown(decided))
    case .planned(var planned):
      let done = planned.update(poses, in: frame)
      identities = .planned(planned)
      return ([], shown(done))
    }
  }

  /// The frames that have not come out yet, at the end.
  mutating func finish() -> [[TrackedPose]] {
    switch identities {
    case .online(var online):
      defer { identities = .online(online) }
      return shown(online.finish())
    case .planned(var planned):
      defer { identities = .planned(planned) }
      return shown(planned.finish())
    }
  }

  private mutating func shown(_ frames: [[TrackedPose]]) -> [[TrackedPose]] {
    for people in frames { presence.count(people.map(\.trackID)) }
    return frames
  }
}
