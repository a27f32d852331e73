package import Imaging
package import Pose

/// Follows poses by optical flow (Xiao, Wu and Wei, *Simple Baselines for Human Pose Estimation and Tracking*, ECCV 2018): the
/// poses of the last frames are moved to where the flow takes their joints, and compared with those of the new frame by OKS;
/// the most similar pair is linked first, and who is left gets a new identity. Joints under 0.4 do not count. The moved poses of
/// the frame before give boxes, too, which are suppressed together with the detector's (`FlowBoxes`). Both kinds count from 0.5 on; those of
/// poses score as all their joints do on average.
///
/// The paper tells neither the length of the queue nor the least similarity nor the overlap of suppression, and its code for
/// tracking was never published. Public reimplementations differ: 8 frames, 0.2 and 0.3 in one, which are taken here; 10 frames and 0.6
/// in another; in a third boxes suppressed at 0.5 and OKS averaged with overlap.
///
/// Dense flow has a value everywhere; where this one has none, a joint moves as the median of the pose's others does. A pose
/// whose joints are all lost, or out of the picture, is forgotten. Poses without a joint that counts belong to nobody, and those
/// of too low a score or too few keypoints begin nobody, as with our own tracker: else what a detector takes for a person for one
/// frame goes on through the boxes of its own poses.
package struct FlowTracker: FrameTracker {
  private struct Entry {
    /// With joints that count only, where they are by now; the score is the mean of all joints' before.
    var pose: Pose
    var track: Int
  }

  private let options: FlowTrackerOptions
  private let limits: TrackerOptions
  private let oks: OKS
  /// The frames before, the last one first.
  private var queue: [[Entry]] = []
  private var trackCount = 0

  /// - Parameter limits: Of those who may begin; the paper has none.
  package init(
    skeleton: Skeleton, options: FlowTrackerOptions = FlowTrackerOptions(), limits: TrackerOptions = TrackerOptions()
  ) {
    (self.options, self.limits) = (options, limits)
    oks = OKS(skeleton)
  }

  package func fate(of track: Int) -> TrackFate { .confirmed }

  package mutating func carry(by flow: (any OpticalFlow)?, width: Int, height: Int) -> [TrackedPose] {
    guard let flow else {
      queue = []
      return []
    }
    let entries = queue.flatMap(\.self)
    let moved = PoseMotion(width: width, height: height).moved(entries.map(\.pose), by: flow)
    var next = zip(entries, moved).makeIterator()
    queue = queue.map { frame in
      frame.compactMap { _ in next.next().flatMap { entry, pose in pose.map { Entry(pose: $0, track: entry.track) } } }
    }
    return (queue.first ?? []).map { TrackedPose($0.pose, trackID: $0.track) }
  }

  package mutating func update(_ poses: [Pose], in frame: FrameContext) -> [Link] {
    if frame.beginsShot == true { queue = [] }
    let seen = poses.map(counting)
    let pairs = pairs(seen)
    var (taken, links): (Set<Int>, [Int: Link]) = ([], [:])
    for pair in pairs where links[pair.pose] == nil && !taken.contains(pair.track) {
      let next = pairs.first { ($0.pose == pair.pose) != ($0.track == pair.track) }
      links[pair.pose] = Link(
        pose: pair.pose, track: pair.track, margin: next.map { max(0, pair.similarity - $0.similarity) } ?? 1)
      taken.insert(pair.track)
    }
    for (place, pose) in seen.enumerated()
    where links[place] == nil && pose.hasJoints && limits.mayBegin(poses[place]) {
      links[place] = Link(pose: place, track: trackCount, margin: 1)
      trackCount += 1
    }
    let result = links.values.sorted { $0.pose < $1.pose }
    queue.insert(result.map { Entry(pose: seen[$0.pose], track: $0.track) }, at: 0)
    queue = Array(queue.prefix(options.frames))
    return result
  }

  /// Poses and tracks that are alike enough, the most similar ones first; of equal ones those of the frame before come first.
  private func pairs(_ poses: [Pose]) -> [(pose: Int, track: Int, similarity: Double)] {
    var best: [Int: [Int: Double]] = [:]
    var order: [(pose: Int, track: Int)] = []
    for entry in queue.joined() {
      for (place, pose) in poses.enumerated() {
        let similarity = oks.similarity(entry.pose, pose)
        guard similarity > options.similarity else { continue }
        let known = best[place]?[entry.track]
        if known == nil { order.append((place, entry.track)) }
        if similarity > known ?? 0 { best[place, default: [:]][entry.track] = similarity }
      }
    }
    let pairs = order.map { ($0.pose, $0.track, best[$0.pose]?[$0.track] ?? 0) }
    return pairs.enumerated().sorted { (-$0.element.2, $0.offset) < (-$1.element.2, $1.offset) }.map(\.element)
  }

  private func counting(_ pose: Pose) -> Pose {
    var pose = pose
    pose.score = pose.keypoints.reduce(0) { $0 + ($1?.score ?? 0) } / Double(max(1, pose.keypoints.count))
    pose.keypoints = pose.keypoints.map { $0.flatMap { $0.score >= options.keypointScore && $0.isFinite ? $0 : nil } }
    return pose
  }
}

extension Pose {
  fileprivate var hasJoints: Bool { keypoints.contains { $0 != nil } }
}

extension Keypoint {
  fileprivate var isFinite: Bool { point.x.isFinite && point.y.isFinite }
}
