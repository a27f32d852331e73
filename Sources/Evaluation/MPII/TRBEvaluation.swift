package import Files
internal import Foundation
package import Interchange
package import Pose

/// The MPII-TRB benchmark (Duan et al., *TRB: A Novel Triplet Representation for Understanding 2D Human Body*, ICCV 2019) as
/// mmpose computes it: the share of labelled points nearer than 0.3 of the diagonal of the head box.
package struct TRBEvaluation: Sendable {
  package init() {}

  /// Shares of the 14 joints, of the 26 points on the contour, and of all.
  ///
  /// - Parameter predictions: By the id of the annotation.
  package func callAsFunction(
    _ truth: TRBGroundTruth, _ predictions: [Int: [Point]]
  ) throws(FileError) -> MetricTable {
    var right = [Int](repeating: 0, count: TRBGroundTruth.pointCount)
    var labelled = right
    for person in truth.people {
      guard let pose = predictions[person.id], pose.count == TRBGroundTruth.pointCount else {
        throw FileError(
          .invalid, place: "bbox_id \(person.id)", problem: "has no pose of \(TRBGroundTruth.pointCount) keypoints",
          remedy: "predict every person of the ground truth, by the id of the annotation")
      }
      for (index, label) in person.points.enumerated() {
        guard let label else { continue }
        labelled[index] += 1
        let distance = hypot(pose[index].x - label.x, pose[index].y - label.y)
        if distance < 0.3 * person.headDiagonal { right[index] += 1 }
      }
    }
    func share(_ points: Range<Int>) -> Double {
      Double(right[points].reduce(0, +)) / Double(labelled[points].reduce(0, +))
    }
    var table = MetricTable()
    table["Skeleton_acc"] = share(0..<14)
    table["Contour_acc"] = share(14..<TRBGroundTruth.pointCount)
    table["Mean_acc"] = share(0..<TRBGroundTruth.pointCount)
    return table
  }
}
