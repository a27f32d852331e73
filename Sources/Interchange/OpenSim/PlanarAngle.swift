internal import Foundation
internal import Pose

/// An angle between segments in the picture, named, counted and signed as Pagnon, *Sports2D: Compute 2D human pose and angles
/// from a video or a webcam* (JOSS 2024) does: of three joints that at the middle one, of four that between two segments; then
/// an offset and a sign, so that standing straight is near 0.
struct PlanarAngle {
  let name: String
  /// Of its joints in `joints`.
  let indices: [Int]
  private let offset: Double
  private let sign: Double

  private init(_ name: String, _ names: [String], offset: Double, sign: Double) {
    (self.name, self.offset, self.sign) = (name, offset, sign)
    indices = names.compactMap { Self.joints.firstIndex(of: $0) }
  }

  /// All joints that angles are measured at.
  static let joints =
    ["hip", "neck"]
    + ["shoulder", "elbow", "wrist", "hip", "knee", "ankle", "big_toe", "heel"].flatMap {
      ["right_\($0)", "left_\($0)"]
    }

  static let all: [PlanarAngle] = ["right", "left"].flatMap { side in
    [
      PlanarAngle("\(side) ankle", ["knee", "ankle", "big_toe", "heel"].map { "\(side)_\($0)" }, offset: 90, sign: 1),
      PlanarAngle("\(side) knee", ["ankle", "knee", "hip"].map { "\(side)_\($0)" }, offset: -180, sign: 1),
      PlanarAngle("\(side) hip", ["\(side)_knee", "\(side)_hip", "hip", "neck"], offset: 0, sign: -1),
      PlanarAngle("\(side) shoulder", ["\(side)_elbow", "\(side)_shoulder", "hip", "neck"], offset: 0, sign: -1),
      PlanarAngle("\(side) elbow", ["wrist", "elbow", "shoulder"].map { "\(side)_\($0)" }, offset: 180, sign: -1),
    ]
  }

  /// nil where a joint is absent, or two lie at one place.
  func degrees(_ keypoints: [Keypoint?]) -> Double? {
    let points = indices.compactMap { keypoints.indices.contains($0) ? keypoints[$0]?.point : nil }
    guard points.count == indices.count else { return nil }
    let isAtJoint = points.count == 3
    let first = isAtJoint ? points[0] - points[1] : points[1] - points[0]
    let second = isAtJoint ? points[2] - points[1] : points[3] - points[2]
    let cross = first.x * second.y - first.y * second.x
    let dot = first.x * second.x + first.y * second.y
    guard cross != 0 || dot != 0 else { return nil }
    let angle = (-atan2(cross, dot) * 180 / .pi + offset) * sign
    // Into -180…180.
    return angle - 360 * ((angle + 180) / 360).rounded(.down)
  }
}

private func - (first: Point, second: Point) -> Point { Point(x: first.x - second.x, y: first.y - second.y) }
