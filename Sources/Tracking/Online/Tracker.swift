package import Pose
package import Timing

/// Gives the people of a video their identities, frame by frame.
///
/// Every track predicts where its person is now (a Kalman filter of the box that carries the keypoints along). Poses are
/// linked in the order of ByteTrack (Zhang et al., ECCV 2022): confident poses with known people, then weak poses with
/// those in view who have none yet, then what moved too far to overlap, then poses with new, unconfirmed tracks. People
/// unseen for `maximumGap` frames are forgotten. A tracker reads no clock and no random numbers: the same poses give the same
/// identities, so one that is fed again the frames already done goes on as if it had never stopped.
package struct Tracker: Sendable {
  private let options: TrackerOptions
  private let similarity: TrackSimilarity
  private let duplicates: OKS
  private var tracks: [Track] = []
  private var nextID = 0
  private var lastTime: MediaTime?
  /// Seconds between the last two frames, used again where time stamps do not grow.
  private var interval = 1.0 / 30

  package init(skeleton: Skeleton, options: TrackerOptions = TrackerOptions()) {
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
  package mutating func update(_ poses: [Pose], at time: MediaTime) -> [TrackedPose] {
    let isFirst = lastTime == nil
    advance(to: time)
    let finite = poses.indices.filter { poses[$0].isFinite }
    let candidates = options.keepsAll ? finite : single(usable(finite, of: poses), of: poses)
    let strong = candidates.filter { options.keepsAll || poses[$0].score >= options.birthScore }
    let weak = candidates.filter { !options.keepsAll && poses[$0].score < options.birthScore }

    let known = tracks.filter { !$0.isTentative }
    let sightings = Dictionary(
      uniqueKeysWithValues: candidates.map { index in
        (index, Sighting(poses[index], others: candidates.filter { $0 != index }.map { poses[$0] }, known: known))
      })

    var linked: [Int: Int] = [:]  // track by pose
    let measure = similarity.measure
    link(strong, of: sightings, to: { !$0.isTentative }, gate: options.minimumSimilarity, by: measure, into: &linked)
    link(
      weak, of: sightings, to: { !$0.isTentative && !$0.isLost }, gate: options.minimumSimilarity, by: measure,
      into: &linked)
    link(strong, of: sightings, to: { !$0.isTentative }, gate: 0.05, by: similarity.proximity, into: &linked)
    link(strong, of: sightings, to: \.isTentative, gate: options.minimumSimilarity, by: measure, into: &linked)

    let seen = Set(linked.values)
    for index in tracks.indices where !seen.contains(index) { tracks[index].miss(maximumGap: options.maximumGap) }
    for pose in strong where linked[pose] == nil && mayBegin(poses[pose]) {
      linked[pose] = tracks.count
      tracks.append(Track(poses[pose]))
    }
    let result = linked.sorted { $0.key < $1.key }.compactMap { pose, track in
      sightings[pose].flatMap { see($0, by: track, isFirst: isFirst) }
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

  private mutating func see(_ sighting: Sighting, by track: Int, isFirst: Bool) -> TrackedPose? {
    let isCertain = sighting.isClear && sighting.pose.score >= options.confirmScore
    tracks[track].see(
      sighting, certain: isFirst || isCertain || options.keepsAll, confirmAfter: options.confirmAfter)
    guard tracks[track].state == .active else { return nil }
    let id = tracks[track].id ?? nextID
    if tracks[track].id == nil { nextID += 1 }
    tracks[track].id = id
    return TrackedPose(sighting.pose, trackID: id)
  }

  /// The poses that are good enough, and not another's duplicate; in the order given.
  private func usable(_ finite: [Int], of poses: [Pose]) -> [Int] {
    let good = finite.filter { poses[$0].score >= options.continueScore }
    let kept = NonMaximumSuppression.poses(
      good.map { poses[$0] }, oks: duplicates, threshold: options.duplicateOKS, visibility: options.keypointScore)
    return kept.map { good[$0] }.sorted()
  }

  /// Without the poses that are rather similar to a better one, unless another known person is where they are: a box round
  /// somebody hidden often gets the pose of who is in front.
  private func single(_ candidates: [Int], of poses: [Pose]) -> [Int] {
    let known = tracks.filter { !$0.isTentative }.map(\.predicted)
    let nearest = Dictionary(
      uniqueKeysWithValues: candidates.map { candidate in
        let similarities = known.map { duplicates.similarity($0, poses[candidate], threshold: nil) }
        return (candidate, similarities.indices.max { similarities[$0] < similarities[$1] })
      })
    var kept: [Int] = []
    for candidate in candidates.sorted(by: { (-poses[$0].score, $0) < (-poses[$1].score, $1) }) {
      let repeats = kept.contains { other in
        nearest[other] == nearest[candidate]
          && duplicates.similarity(poses[other], poses[candidate], threshold: options.keypointScore) > options.repeatOKS
      }
      if !repeats { kept.append(candidate) }
    }
    return kept.sorted()
  }

  /// Whether a pose has enough keypoints to be somebody new.
  private func mayBegin(_ pose: Pose) -> Bool {
    options.keepsAll || pose.keypoints.count { ($0?.score ?? -1) >= options.keypointScore } >= options.minimumKeypoints
  }

  /// Pairs the given poses and tracks that have no partner yet.
  private func link(
    _ candidates: [Int], of sightings: [Int: Sighting], to accepts: (Track) -> Bool, gate: Double,
    by measure: (Track, Pose, Sighting) -> Double, into linked: inout [Int: Int]
  ) {
    let free = candidates.filter { linked[$0] == nil }
    let taken = Set(linked.values)
    let open = tracks.indices.filter { !taken.contains($0) && accepts(tracks[$0]) }
    guard !free.isEmpty, !open.isEmpty else { return }
    let similarities = open.map { index in
      let predicted = tracks[index].predicted
      return free.map { pose in sightings[pose].map { measure(tracks[index], predicted, $0) } ?? 0 }
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
