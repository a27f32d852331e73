internal import Models
package import Pose

/// What the published top-down pipelines do with the poses of a picture once they are scored: of poses that say the same, all
/// but the best go (mmpose `oks_nms`), or weigh less (`soft_oks_nms`, after which the best of a picture remain). Poses come out
/// best first.
package struct PoseSuppression: Hashable, Sendable, Codable {
  package enum Method: String, CaseIterable, Sendable, Codable {
    case oks
    case softOKS = "soft-oks"
  }

  package var method: Method
  /// The OKS above which two poses are one; of the soft method how quickly scores fall.
  package var threshold: Double
  /// So many poses of a picture remain with the soft method.
  package var limit = 20

  package init(_ method: Method = .oks, threshold: Double = 0.9) { (self.method, self.threshold) = (method, threshold) }

  private enum CodingKeys: String, CodingKey {
    case method = "pose-nms"
    case threshold = "pose-nms-threshold"
    case limit = "pose-nms-limit"
  }

  /// - Parameter areas: Of the poses; those of their boxes where nil.
  package func callAsFunction(_ poses: [Pose], areas: [Double]? = nil, _ skeleton: Skeleton) -> [Pose] {
    let oks = OKS(skeleton)
    let kept =
      switch method {
      case .oks: NonMaximumSuppression.poses(poses, oks: oks, threshold: threshold, areas: areas)
      case .softOKS:
        NonMaximumSuppression.softPoses(poses, oks: oks, threshold: threshold, limit: limit, areas: areas)
      }
    return kept.map { poses[$0] }
  }
}

extension TopDownEstimator {
  /// The area of the part of the picture that the network sees of a person: mmpose measures people by it.
  package func seenArea(of box: Box) -> Double {
    CropGeometry(
      box: box, padding: description.padding, inputWidth: description.inputWidth,
      inputHeight: description.inputHeight, usesUDP: description.usesUDPCrop
    ).map { $0.scaleWidth * $0.scaleHeight } ?? 0
  }
}
