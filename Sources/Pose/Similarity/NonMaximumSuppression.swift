private import Foundation

/// Removes what says the same thing twice. Every function returns the indices that stay, best first; equal scores keep
/// their order.
public enum NonMaximumSuppression {
  /// Greedy suppression of boxes: one stays if its overlap with every better one that stays is at most `threshold`.
  ///
  /// - Parameter pixelInclusive: Counts a box's last pixel in, so that widths grow by one, as mmpose's `nms` does.
  public static func boxes(_ boxes: [ScoredBox], threshold: Double, pixelInclusive: Bool = false) -> [Int] {
    let extra = pixelInclusive ? 1.0 : 0.0
    let grown = boxes.map {
      Box(x: $0.box.x, y: $0.box.y, width: $0.box.width + extra, height: $0.box.height + extra)
    }
    return greedy(scores: boxes.map(\.score), threshold: threshold) { grown[$0].iou(grown[$1]) }
  }

  /// Greedy suppression of poses by OKS, as mmpose's `oks_nms`.
  ///
  /// - Parameters:
  ///   - visibility: Compares only the joints that score above it in both poses.
  ///   - areas: Of the people; those of their boxes where nil.
  public static func poses(
    _ poses: [Pose], oks: OKS, threshold: Double, visibility: Double? = nil, areas: [Double]? = nil
  ) -> [Int] {
    greedy(
      scores: poses.map(\.score), threshold: threshold, overlap: similarity(poses, oks, visibility, areas))
  }

  /// Soft suppression of poses, as mmpose's `soft_oks_nms`: scores decay by exp(−OKS²/threshold) with every pose taken,
  /// and the best `limit` are taken in the order that results.
  public static func softPoses(
    _ poses: [Pose], oks: OKS, threshold: Double, limit: Int = 20, visibility: Double? = nil,
    areas: [Double]? = nil
  ) -> [Int] {
    let similarity = similarity(poses, oks, visibility, areas)
    var left = sortedIndices(poses.map(\.score))
    var scores = poses.map(\.score)
    var kept: [Int] = []
    while kept.count < limit, !left.isEmpty {
      let best = left.removeFirst()
      kept.append(best)
      for index in left {
        let overlap = similarity(best, index)
        scores[index] *= exp(-overlap * overlap / threshold)
      }
      left.sort { (-scores[$0], $0) < (-scores[$1], $1) }
    }
    return kept
  }

  private static func similarity(
    _ poses: [Pose], _ oks: OKS, _ visibility: Double?, _ areas: [Double]?
  ) -> (Int, Int) -> Double {
    let areas = areas ?? poses.map(\.box.area)
    return { first, second in
      oks.similarity(
        poses[first].keypoints, poses[second].keypoints, areas: (areas[first], areas[second]), threshold: visibility)
    }
  }

  private static func greedy(scores: [Double], threshold: Double, overlap: (Int, Int) -> Double) -> [Int] {
    var kept: [Int] = []
    for index in sortedIndices(scores) where kept.allSatisfy({ overlap($0, index) <= threshold }) {
      kept.append(index)
    }
    return kept
  }

  private static func sortedIndices(_ scores: [Double]) -> [Int] {
    scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
  }
}
