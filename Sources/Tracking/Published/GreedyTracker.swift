package import Pose

/// Links every pose with the best one left of the frame before, as the demos of mmpose 0.x do (`get_track_id`): in the order
/// of the list, over a threshold, the first of equal ones. Nothing survives one missed frame. Shots make no difference, as there.
package struct GreedyTracker: FrameTracker {
  /// By what poses are compared.
  package enum Measure: Sendable { case iou, oks }

  private struct Entry {
    var pose: Pose
    /// nil for someone who is known by too few keypoints.
    var track: Int?
  }

  private let measure: Measure
  private let threshold: Double
  private let minimumKeypoints: Int
  private let oks: OKS
  private var last: [Entry] = []
  private var trackCount = 0

  /// - Parameters:
  ///   - threshold: `tracking_thr` of the demos.
  ///   - minimumKeypoints: `min_keypoints` of `get_track_id`.
  package init(skeleton: Skeleton, measure: Measure, threshold: Double = 0.3, minimumKeypoints: Int = 3) {
    (self.measure, self.threshold, self.minimumKeypoints) = (measure, threshold, minimumKeypoints)
    oks = OKS(skeleton)
  }

  package func fate(of track: Int) -> TrackFate { .confirmed }

  package mutating func update(_ poses: [Pose], in frame: FrameContext) -> [Link] {
    var (entries, links): ([Entry], [Link]) = ([], [])
    for (place, pose) in poses.enumerated() {
      var (track, margin) = take(pose)
      if track == nil, isEnough(pose) {
        (track, margin) = (trackCount, 1)
        trackCount += 1
      }
      entries.append(Entry(pose: track == nil ? Self.nobody(pose) : pose, track: track))
      if let track { links.append(Link(pose: place, track: track, margin: margin)) }
    }
    last = entries
    return links
  }

  /// The track of the best entry, which is then gone, and how much better it is than the next one.
  private mutating func take(_ pose: Pose) -> (track: Int?, margin: Double) {
    let similarities = last.map { similarity(pose, $0.pose) }
    guard let best = similarities.max(), best > threshold, let index = similarities.firstIndex(of: best) else {
      return (nil, 1)
    }
    let next = similarities.enumerated().filter { $0.offset != index }.map(\.element).max() ?? 0
    return (last.remove(at: index).track, best - next)
  }

  private func similarity(_ a: Pose, _ b: Pose) -> Double {
    measure == .iou ? a.box.iou(b.box) : oks.similarity(a, b)
  }

  /// Keypoints count by their y alone, whatever their score. Boxes without keypoints, which the demos don't know, are enough.
  private func isEnough(_ pose: Pose) -> Bool {
    pose.keypoints.isEmpty || pose.keypoints.count { ($0?.point.y ?? 0) != 0 } >= minimumKeypoints
  }

  /// What stands for someone without an identity in the next frame.
  private static func nobody(_ pose: Pose) -> Pose {
    let keypoints = pose.keypoints.map { $0.map { Keypoint(Point(x: $0.point.x, y: -10), score: $0.score) } }
    return Pose(keypoints: keypoints, box: Box(x: 0, y: 0, width: 0, height: 0), score: pose.score)
  }
}
