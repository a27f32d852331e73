private import Imaging
package import Pose

/// Boxes of a detector or a file, and those around the poses of the frame before, which the optical flow has moved to this frame;
/// all are suppressed together (Xiao, Wu and Wei, *Simple Baselines for Human Pose Estimation and Tracking*, ECCV 2018).
///
/// `observe` takes the moved poses, with joints that count only. Their scores are those of their boxes.
package final class FlowBoxes: BoxProvider {
  private let provider: any BoxProvider
  /// Boxes of moved poses that score less are dropped, so that what is no person does not go on for ever.
  private let minimumScore: Double
  /// By which part the extent of the joints grows.
  private let growth: Double
  /// Of two boxes that overlap more, the one with the lower score is dropped.
  private let suppressionThreshold: Double
  private var moved: [Pose] = []

  package init(_ provider: any BoxProvider, minimumScore: Double, growth: Double, suppressionThreshold: Double) {
    (self.provider, self.minimumScore) = (provider, minimumScore)
    (self.growth, self.suppressionThreshold) = (growth, suppressionThreshold)
  }

  package let followsPoses = true

  package func boxes(in frame: FrameView) throws -> [ScoredBox] {
    let (width, height) = (frame.picture.width, frame.picture.height)
    let propagated = moved.compactMap { box(around: $0)?.clipped(width: width, height: height, smallestSide: 2) }
    let all = try provider.boxes(in: frame) + propagated
    return NonMaximumSuppression.boxes(all, threshold: suppressionThreshold).map { all[$0] }
  }

  package func observe(_ poses: [TrackedPose]) {
    moved = poses.map(\.pose).filter { $0.score >= minimumScore }
  }

  private func box(around pose: Pose) -> ScoredBox? {
    guard let extent = Box(around: pose.keypoints.compactMap { $0?.point }) else { return nil }
    let (width, height) = (extent.width * (1 + growth), extent.height * (1 + growth))
    return ScoredBox(
      Box(x: extent.center.x - width / 2, y: extent.center.y - height / 2, width: width, height: height),
      score: pose.score)
  }
}
