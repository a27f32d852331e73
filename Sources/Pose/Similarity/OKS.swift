private import Foundation

/// Object keypoint similarity: how near two poses lie, 0…1, measured in the size of the person and in the precision
/// with which each joint can be labelled (Ronchi and Perona, *Benchmarking and Error Diagnosis in Multi-Instance Pose
/// Estimation*, ICCV 2017; the COCO keypoint evaluation).
public struct OKS: Hashable, Sendable {
  /// 1 / (2·(2σ)²) of each joint.
  private let weights: [Double]

  public init(sigmas: [Double]) {
    weights = sigmas.map { 1 / (8 * $0 * $0) }
  }

  public init(_ skeleton: Skeleton) { self.init(sigmas: skeleton.sigmas) }

  /// The similarity of a detection with a labelled person, as pycocotools and xtcocotools `computeOks`.
  ///
  /// - Parameters:
  ///   - truth: The labelled joints; nil where a joint has no label (v = 0). Without any label the distance of each
  ///     detected joint to the box enlarged to three times its size is measured.
  ///   - area: The area of the person in pixels².
  ///   - detection: All joints of the result, whatever their score.
  public func coco(truth: [Point?], box: Box, area: Double, detection: [Point]) -> Double {
    let count = min(weights.count, truth.count, detection.count)
    let scale = 1 / (area + Self.spacing)
    var (sum, labelled) = (0.0, 0)
    for joint in 0..<count {
      guard let label = truth[joint] else { continue }
      sum += exp(-squaredDistance(label, detection[joint]) * weights[joint] * scale)
      labelled += 1
    }
    if labelled > 0 || count == 0 { return labelled > 0 ? sum / Double(labelled) : 0 }
    for joint in 0..<count { sum += exp(-outside(box, detection[joint]) * weights[joint] * scale) }
    return sum / Double(count)
  }

  /// The similarity of two poses that a network saw, as mmpose's `oks_iou`: with the mean of both areas, over the joints
  /// that both have and, where a threshold is given, score above it in both. 0 without such a joint.
  public func similarity(
    _ first: [Keypoint?], _ second: [Keypoint?], areas: (Double, Double), threshold: Double? = nil
  ) -> Double {
    let scale = 1 / ((areas.0 + areas.1) / 2 + Self.spacing)
    var (sum, count) = (0.0, 0)
    for joint in 0..<min(weights.count, first.count, second.count) {
      guard let a = first[joint], let b = second[joint] else { continue }
      if let threshold, a.score <= threshold || b.score <= threshold { continue }
      sum += exp(-squaredDistance(a.point, b.point) * weights[joint] * scale)
      count += 1
    }
    return count == 0 ? 0 : sum / Double(count)
  }

  /// The similarity of two poses, whose boxes give the areas.
  public func similarity(_ first: Pose, _ second: Pose, threshold: Double? = nil) -> Double {
    similarity(first.keypoints, second.keypoints, areas: (first.box.area, second.box.area), threshold: threshold)
  }

  /// What pycocotools adds to an area to divide by it: the distance from 1 to the next double.
  private static let spacing = Double.ulpOfOne

  private func squaredDistance(_ a: Point, _ b: Point) -> Double {
    let (x, y) = (a.x - b.x, a.y - b.y)
    return x * x + y * y
  }

  /// The squared distance of a point to a box enlarged by its own size on every side.
  private func outside(_ box: Box, _ point: Point) -> Double {
    let x = max(0, box.x - box.width - point.x) + max(0, point.x - (box.x + 2 * box.width))
    let y = max(0, box.y - box.height - point.y) + max(0, point.y - (box.y + 2 * box.height))
    return x * x + y * y
  }
}
