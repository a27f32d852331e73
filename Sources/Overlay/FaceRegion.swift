internal import Foundation
internal import Imaging
internal import Pose

/// Where the face of a person may be, generously: hiding too much is better than showing a face.
struct FaceRegion: Sendable {
  private let face: [Int]
  private let eyes: [Int]
  private let ears: [Int]
  private let shoulders: [Int]
  private let hips: [Int]
  private let scoreThreshold: Double

  init(_ skeleton: Skeleton, scoreThreshold: Double) {
    func joints(_ names: String...) -> [Int] {
      skeleton.joints.indices.filter { names.contains(skeleton.joints[$0].name) }
    }
    let points = skeleton.joints.indices.filter { skeleton.joints[$0].name.hasPrefix("face-") }
    eyes = joints("left_eye", "right_eye")
    ears = joints("left_ear", "right_ear")
    face = points + joints("nose", "head", "head_top", "top_head", "head_bottom") + eyes + ears
    shoulders = joints("left_shoulder", "right_shoulder")
    hips = joints("left_hip", "right_hip")
    self.scoreThreshold = scoreThreshold
  }

  /// Ellipses that cover the face between them.
  func ellipses(of pose: Pose) -> [Shape] {
    let seen = points(face, of: pose, above: scoreThreshold)
    let bodySize = self.bodySize(of: pose)
    if seen.count >= 2 {
      let center = mean(seen)
      let reach = seen.map { distance($0, center) }.max() ?? 0
      let eyeSpan = span(eyes, of: pose)
      let earSpan = span(ears, of: pose)
      let radius = max(1.35 * reach, 1.6 * eyeSpan, 0.85 * earSpan, 0.32 * bodySize)
      return [ellipse(center: center, radius: radius)]
    }
    let guesses =
      seen.map { ellipse(center: $0, radius: 0.7 * bodySize) } + headAboveShoulders(pose, bodySize: bodySize)
    return guesses.isEmpty ? [topOfBox(pose)] : guesses
  }

  private func headAboveShoulders(_ pose: Pose, bodySize: Double) -> [Shape] {
    let shoulders = points(self.shoulders, of: pose, above: scoreThreshold)
    guard shoulders.count == 2 else { return [] }
    let middle = mean(shoulders)
    let hips = points(self.hips, of: pose, above: scoreThreshold)
    let below = hips.isEmpty ? Point(x: middle.x, y: middle.y + bodySize) : mean(hips)
    let length = max(distance(below, middle), 1e-6)
    let lift = 0.62 * bodySize
    let center = Point(
      x: middle.x + (middle.x - below.x) / length * lift, y: middle.y + (middle.y - below.y) / length * lift)
    return [ellipse(center: center, radius: 0.7 * bodySize)]
  }

  private func topOfBox(_ pose: Pose) -> Shape {
    let box = pose.box
    let height = min(box.height * 0.34, box.width * 1.1)
    return .ellipse(Box(x: box.x, y: box.y - 0.12 * height, width: box.width, height: 1.12 * height))
  }

  /// About the width of the shoulders; the box, where a turned or hidden body says too little.
  private func bodySize(of pose: Pose) -> Double {
    let middles = [shoulders, hips].map { points($0, of: pose, above: scoreThreshold) }.filter { !$0.isEmpty }
    let trunk = middles.count == 2 ? distance(mean(middles[0]), mean(middles[1])) : 0
    let floor = 0.12 * max(0, min(pose.box.height, 3 * pose.box.width))
    return max(span(shoulders, of: pose), 0.7 * trunk, floor)
  }

  private func span(_ pair: [Int], of pose: Pose) -> Double {
    let points = points(pair, of: pose, above: scoreThreshold)
    return points.count == 2 ? distance(points[0], points[1]) : 0
  }

  private func points(_ joints: [Int], of pose: Pose, above threshold: Double) -> [Point] {
    joints.compactMap { index in
      guard pose.keypoints.indices.contains(index), let keypoint = pose.keypoints[index], keypoint.score > threshold,
        keypoint.point.x.isFinite, keypoint.point.y.isFinite
      else { return nil }
      return keypoint.point
    }
  }

  private func ellipse(center: Point, radius: Double) -> Shape {
    .ellipse(
      Box(x: center.x - radius, y: center.y - 1.2 * radius, width: 2 * radius, height: 2.4 * radius))
  }

  private func mean(_ points: [Point]) -> Point {
    let count = Double(points.count)
    return Point(x: points.map(\.x).reduce(0, +) / count, y: points.map(\.y).reduce(0, +) / count)
  }

  private func distance(_ a: Point, _ b: Point) -> Double { hypot(a.x - b.x, a.y - b.y) }
}
