package import Files
internal import Foundation
package import Interchange
internal import Pose

/// The share of joints of J-HMDB (Jhuang et al., ICCV 2013) within 0.2 of the person, as mmpose 1.x computes it: PCK in units
/// of the longer side of the box, tPCK in those of the torso, from the left shoulder to the right hip.
package struct JHMDBEvaluation: Sendable {
  package init() {}

  private static let jointCount = 15
  private static let parts = [
    ("Head", [2]), ("Sho", [3, 4]), ("Elb", [7, 8]), ("Wri", [11, 12]), ("Hip", [5, 6]), ("Knee", [9, 10]),
    ("Ank", [13, 14]),
  ]

  /// How many labels of a joint there are, and how many were hit.
  private struct Tally {
    var labelled = [Double](repeating: 0, count: jointCount)
    var right = [Double](repeating: 0, count: jointCount)

    /// A person without extent does not count.
    mutating func add(_ distance: Double, joint: Int, unit: Double) {
      guard unit > 0 else { return }
      labelled[joint] += 1
      if distance / unit < 0.2 { right[joint] += 1 }
    }

    /// Of each joint; NaN without a label.
    var shares: [Double] { zip(right, labelled).map { $0 / $1 } }
  }

  /// Shares by part of the body, and the mean over the joints.
  ///
  /// - Parameters:
  ///   - dataset: One person an image, in pixels counted from 1.
  ///   - predictions: In pixels counted from 0; the best of an image counts.
  package func callAsFunction(
    _ dataset: COCODataset, _ predictions: COCOPredictions
  ) throws(FileError) -> MetricTable {
    try predictions.requireKeypoints([Self.jointCount])
    var (byBox, byTorso) = (Tally(), Tally())
    var images = try COCOImages(dataset, predictions)
    while let image = try images.next() {
      try image.requireKeypoints([Self.jointCount])
      guard let truth = image.truths.first(where: { !$0.keypoints.isEmpty }) else { continue }
      guard let pose = image.best(1, by: \.score).first?.keypoints else {
        throw FileError(
          .invalid, place: "image \(image.id)", problem: "has no prediction", remedy: "predict every labelled person")
      }
      let labels = truth.keypoints.map { Point(x: $0.point.x - 1, y: $0.point.y - 1) }
      let side = Self.longerSide(truth.extent.box, image)
      var torso = Self.distance(labels[4], labels[5])
      if torso < 1 { torso = Self.distance(pose[4].point, pose[5].point) }
      for joint in labels.indices where truth.keypoints[joint].visibility > 0 {
        let distance = Self.distance(labels[joint], pose[joint].point)
        byBox.add(distance, joint: joint, unit: side)
        byTorso.add(distance, joint: joint, unit: torso)
      }
    }
    var table = MetricTable()
    for (name, tally) in [("PCK", byBox), ("tPCK", byTorso)] {
      let shares = tally.shares
      for (part, joints) in Self.parts {
        table["\(name).\(part)"] = joints.reduce(0) { $0 + shares[$1] } / Double(joints.count)
      }
      let defined = shares.filter { !$0.isNaN }
      table["\(name).Mean"] = defined.isEmpty ? .nan : defined.reduce(0, +) / Double(defined.count)
    }
    return table
  }

  /// Of the box in the picture.
  private static func longerSide(_ box: Box, _ image: COCOImages.Image) -> Double {
    func side(_ start: Double, _ length: Double, _ size: Int?) -> Double {
      guard let size else { return length }
      func clipped(_ place: Double) -> Double { min(max(place, 0), Double(size - 1)) }
      return clipped(start - 1 + length) - clipped(start - 1)
    }
    return max(side(box.x, box.width, image.width), side(box.y, box.height, image.height))
  }

  private static func distance(_ a: Point, _ b: Point) -> Double { hypot(a.x - b.x, a.y - b.y) }
}
