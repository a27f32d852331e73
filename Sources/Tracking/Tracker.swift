public import Pose

/// Gives the people of a video their identities, frame by frame.
///
/// Every track predicts where its person is now (a Kalman filter of the box that carries the keypoints along). Poses are
/// linked in the order of ByteTrack (Zhang et al., ECCV 2022): confident poses with known people, then weak poses with
/// those in view who have none yet, then what moved too far to overlap, then poses with new, unconfirmed tracks. People
/// unseen for `maximumGap` frames are forgotten. A tracker reads no clock and no random numbers: the same poses give the same
/// identities, so one that is fed again the frames already done goes on as if it had never stopped.
public struct Tracker: Sendable {
  private let options: TrackerOptions
  private let similarity: TrackSimilarity
  private let duplicates: OKS
  private var tracks: [Track] = []
  private var nextID = 0
  private var lastTime: MediaTime?
  /// Seconds between the last two frames, used again where time stamps do not grow.
  private var interval = 1.0 / 30

  public init(skeleton: Skeleton, options: TrackerOptions = TrackerOptions()) {
    self.options = options
    similarity = TrackSimilarity(options: options, skeleton: skeleton)
    duplicates = OKS(skeleton)
  }

  /// Links the poses of the next frame.
  ///
  /// - Parameters:
  ///   - poses: In any order; of duplicates the better one stays.
  ///   - time: The frame's presentation time.
  /// - Returns: The poses that belong to a confirmed track, in the order given.
  public mutating func update(_ poses: [Pose], at time: MediaTime) -> [TrackedPose] {
    let isFirst = lastTime == nil
    advance(to: time)
    let candidates = usable(poses)
    let strong = candidates.filter { poses[$0].score >= options.birthScore }
    let weak = candidates.filter { poses[$0].score < options.birthScore }

    var linked: [Int: Int] = [:]  // track by pose
    let measure = similarity.measure
    link(strong, of: poses, to: { !$0.isTentative }, gate: options.minimumSimilarity, by: measure, into: &linked)
    link(
      weak, of: poses, to: { !$0.isTentative && !$0.isLost }, gate: options.minimumSimilarity, by: measure,
      into: &linked)
    link(strong, of: poses, to: { !$0.isTentative }, gate: 0.05, by: similarity.proximity, into: &linked)
    link(strong, of: poses, to: \.isTentative, gate: options.minimumSimilarity, by: measure, into: &linked)

    let seen = Set(linked.values)
    for index in tracks.indices where !seen.contains(index) { tracks[index].miss(maximumGap: options.maximumGap) }
    for pose in strong where linked[pose] == nil && countingKeypoints(poses[pose]) >= options.minimumKeypoints {
      linked[pose] = tracks.count
      tracks.append(Track(poses[pose]))
    }
    let result = linked.sorted { $0.key < $1.key }.compactMap { pose, track in
      see(poses[pose], by: track, certain: isFirst, isClear: isClear(pose, of: poses, among: candidates))
    }
    tracks.removeAll { $0.state == .ended }
    return result
  }

  private mutating func advance(to time: MediaTime) {
    if let lastTime {
      let elapsed = time.seconds - lastTime.seconds
      if elapsed > 0, elapsed.isFinite { interval = elapsed }
    }
    lastTime = time
    for index in tracks.indices { tracks[index].advance(interval) }
  }

  /// Whether little of the person's box is covered by another's.
  private func isClear(_ pose: Int, of poses: [Pose], among candidates: [Int]) -> Bool {
    let box = poses[pose].box
    return candidates.allSatisfy { $0 == pose || box.intersection(poses[$0].box) < 0.2 * box.area }
  }

  private mutating func see(_ pose: Pose, by track: Int, certain: Bool, isClear: Bool) -> TrackedPose? {
    tracks[track].see(
      pose, certain: certain || pose.score >= options.confirmScore, isClear: isClear,
      confirmAfter: options.confirmAfter)
    guard tracks[track].state == .active else { return nil }
    let id = tracks[track].id ?? nextID
    if tracks[track].id == nil { nextID += 1 }
    tracks[track].id = id
    return TrackedPose(pose, trackID: id)
  }

  /// The poses that are finite, good enough, and not another's duplicate; in the order given.
  private func usable(_ poses: [Pose]) -> [Int] {
    let good = poses.indices.filter { poses[$0].score >= options.continueScore && poses[$0].isFinite }
    let kept = NonMaximumSuppression.poses(
      good.map { poses[$0] }, oks: duplicates, threshold: options.duplicateOKS, visibility: options.keypointScore)
    return kept.map { good[$0] }.sorted()
  }

  private func countingKeypoints(_ pose: Pose) -> Int {
    pose.keypoints.count { ($0?.score ?? -1) >= options.keypointScore }
  }

  /// Pairs the given poses and tracks that have no partner yet.
  private func link(
    _ candidates: [Int], of poses: [Pose], to accepts: (Track) -> Bool, gate: Double,
    by measure: (Track, Pose, Pose) -> Double, into linked: inout [Int: Int]
  ) {
    let free = candidates.filter { linked[$0] == nil }
    let taken = Set(linked.values)
    let open = tracks.indices.filter { !taken.contains($0) && accepts(tracks[$0]) }
    guard !free.isEmpty, !open.isEmpty else { return }
    let similarities = open.map { index in
      let predicted = tracks[index].predicted
      return free.map { measure(tracks[index], predicted, poses[$0]) }
    }
    let pairs =
      switch options.linking {
      case .greedy: Assignment.greedy(similarities, gate: gate)
      case .hungarian: Assignment.maximumSimilarity(similarities, gate: gate)
      }
    for (track, pose) in zip(open, pairs) {
      if let pose { linked[free[pose]] = track }
    }
  }
}

extension Pose {
  fileprivate var isFinite: Bool {
    score.isFinite && box.x.isFinite && box.y.isFinite && box.area.isFinite
      && keypoints.allSatisfy { $0.map { $0.point.x.isFinite && $0.point.y.isFinite && !$0.score.isNaN } ?? true }
  }
}
