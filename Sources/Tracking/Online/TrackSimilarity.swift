private import Foundation
internal import Pose

/// How well a pose continues a track, 0…1.
struct TrackSimilarity: Sendable {
  /// Two measures of one pair.
  struct Value {
    /// By overlap and keypoints, and for people in view by the distance from the prediction.
    var overlap: Double
    /// By the distance from the prediction alone, for those who moved too far to overlap.
    var proximity: Double
  }

  private let options: TrackerOptions
  private let oks: OKS

  init(options: TrackerOptions, skeleton: Skeleton) {
    self.options = options
    oks = OKS(sigmas: skeleton.sigmas.map { $0 * options.spread })
  }

  /// Whether two can have anything in common, which is all that has to be known of most pairs of a crowd.
  ///
  /// - Parameter deviation: Of the prediction.
  static func isNear(_ predicted: Box, _ deviation: Point, _ box: Box) -> Bool {
    let (a, b) = (predicted.center, box.center)
    return abs(a.x - b.x) <= max((predicted.width + box.width) / 2, farthest * deviation.x)
      && abs(a.y - b.y) <= max((predicted.height + box.height) / 2, farthest * deviation.y)
  }

  /// Whether a person has been beyond a side of the picture for a while. Who comes in there may be anybody.
  func hasLeft(_ track: Track, _ predicted: Box, width: Double) -> Bool {
    track.isLost && track.unseen > Self.shortAbsence && (predicted.maxX < 0 || predicted.x > width)
  }

  /// - Parameter likeness: How well the colours agree, 0…1.
  func measure(_ track: Track, _ predicted: Pose, _ sighting: Sighting, likeness: Double) -> Value {
    let pose = sighting.pose
    let distance = track.motion.squaredDistance(to: pose.box)
    var overlap = geometry(predicted, pose)
    if !track.isLost {
      let motion = exp(-distance / (2 * Self.viewWidth))
      overlap += options.motionShare * (motion - overlap)
    }
    let isInReach = track.motion.isWhole(pose.box) && isInReach(track, predicted.box, pose.box)
    let proximity = isInReach ? exp(-distance / (2 * Self.searchWidth)) : 0
    // Tracks long unseen come after those in view.
    let patience = 1 + 0.5 * track.unseen
    // Who is in view is not given up for colours alone, as poses now and then miss the body.
    let overlapLikeness = track.isLost || track.isUnproven ? likeness : max(0.3, likeness)
    return Value(overlap: overlap * overlapLikeness / patience, proximity: proximity * likeness)
  }

  /// Whether the person can have got there beyond what was predicted, however uncertain that is.
  private func isInReach(_ track: Track, _ predicted: Box, _ box: Box) -> Bool {
    let (a, b) = (predicted.center, box.center)
    let distance = hypot(a.x - b.x, a.y - b.y) / max(1, (predicted.height + box.height) / 2)
    return distance <= Self.step + Self.speed * min(track.unseen, Self.longestRun)
  }

  private func geometry(_ predicted: Pose, _ pose: Pose) -> Double {
    let (a, b) = (predicted.box.height, pose.box.height)
    let boxes = predicted.box.iou(pose.box) * (min(a, b) / max(a, b, 1)).squareRoot()
    if pose.keypoints.isEmpty { return boxes }
    return switch options.measure {
    case .oks: keypoints(predicted, pose)
    case .iou: boxes
    case .blend: (2 * keypoints(predicted, pose) + boxes) / 3
    }
  }

  /// OKS over the joints that count in both, or over all where hardly any does.
  private func keypoints(_ a: Pose, _ b: Pose) -> Double {
    let shared = zip(a.keypoints, b.keypoints).count { a, b in
      min(a?.score ?? -1, b?.score ?? -1) > options.keypointScore
    }
    return oks.similarity(a, b, threshold: shared >= options.minimumKeypoints ? options.keypointScore : nil)
  }

  /// In heights, heights a second, and seconds.
  private static let step = 0.5
  private static let speed = 2.5
  private static let longestRun = 0.75
  /// Seconds within which somebody who comes in is taken for who has just gone out.
  private static let shortAbsence = 0.4
  /// Widths of the bells, in variances of the prediction.
  private static let viewWidth = 4.0
  private static let searchWidth = 8.0
  /// Standard deviations beyond which `proximity` is under a twentieth.
  private static let farthest = 7.0
}
