package import Files
private import Foundation
package import Interchange
package import Pose

/// The MPII benchmark: the share of joints within half of the head size (PCKh@0.5; Andriluka et al., CVPR 2014), as
/// mmpose 0.x computes it.
package struct PCKhEvaluation: Sendable {
  package init() {}

  /// Percentages by part of the body and of each joint, `Mean` weighted by labels without pelvis and thorax, `Mean@0.1` at a tenth of the
  /// head size. NaN where a joint is never labelled.
  ///
  /// - Parameter predictions: By the index of the person, in pixels counted from 0.
  package func callAsFunction(
    _ truth: MPIIGroundTruth, _ predictions: [Int: [Point]]
  ) throws(FileError) -> MetricTable {
    for index in truth.people.indices where predictions[index]?.count != 16 {
      throw FileError(
        .invalid, place: "bbox_id \(index)", problem: "has no pose of 16 keypoints",
        remedy: "predict every person of the ground truth, by its index")
    }
    let half = shares(truth, predictions, limit: 0.5)
    var table = MetricTable(decimals: 2)
    table["Head"] = 100 * half.shares[9]
    for (part, right, left) in [
      ("Shoulder", 12, 13), ("Elbow", 11, 14), ("Wrist", 10, 15), ("Hip", 2, 3), ("Knee", 1, 4), ("Ankle", 0, 5),
    ] {
      table[part] = 50 * (half.shares[right] + half.shares[left])
    }
    table["Mean"] = 100 * half.mean
    let tenth = shares(truth, predictions, limit: 0.1)
    table["Mean@0.1"] = 100 * tenth.mean
    for (joint, name) in Skeleton.mpii16.joints.map(\.name).enumerated() {
      table["\(name).PCKh"] = 100 * half.shares[joint]
      table["\(name).PCKh@0.1"] = 100 * tenth.shares[joint]
    }
    return table
  }

  /// The share of each joint within the limit, and the mean over all labels but those of pelvis and thorax.
  private func shares(
    _ truth: MPIIGroundTruth, _ predictions: [Int: [Point]], limit: Double
  ) -> (shares: [Double], mean: Double) {
    var right = [Int](repeating: 0, count: 16)
    var labelled = [Int](repeating: 0, count: 16)
    for (index, person) in truth.people.enumerated() {
      guard let pose = predictions[index] else { continue }
      for (joint, label) in person.joints.enumerated() {
        guard let label else { continue }
        labelled[joint] += 1
        let distance = hypot(pose[joint].x + 1 - label.x, pose[joint].y + 1 - label.y)
        if distance / (person.headDiagonal * 0.6) <= limit { right[joint] += 1 }
      }
    }
    let counted = (0..<16).filter { $0 != 6 && $0 != 7 }
    let isDefined = counted.allSatisfy { labelled[$0] > 0 }
    let mean = Double(counted.reduce(0) { $0 + right[$1] }) / Double(counted.reduce(0) { $0 + labelled[$1] })
    return (zip(right, labelled).map { Double($0) / Double($1) }, isDefined ? mean : .nan)
  }
}
