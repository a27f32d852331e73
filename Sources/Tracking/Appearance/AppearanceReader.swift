package import Imaging
package import Pose

/// Looks at the colours of people in a picture: of the torso, and of the legs down to the knees.
package struct AppearanceReader: Sendable {
  private struct Side: Sendable {
    var shoulder: Int
    var hip: Int
    var knee: Int
  }

  private let sides: [Side]
  /// Joints that score less do not say where a part is.
  private let keypointScore: Double
  /// A part of which fewer points lie in the picture has no appearance.
  private static let fewestPoints = 20

  /// nil where the keypoint set has no shoulders, hips and knees.
  package init?(_ skeleton: Skeleton, keypointScore: Double = TrackerOptions().keypointScore) {
    sides = ["left", "right"].compactMap { side in
      guard let shoulder = skeleton.index(of: "\(side)_shoulder"), let hip = skeleton.index(of: "\(side)_hip"),
        let knee = skeleton.index(of: "\(side)_knee")
      else { return nil }
      return Side(shoulder: shoulder, hip: hip, knee: knee)
    }
    guard sides.count == 2 else { return nil }
    self.keypointScore = keypointScore
  }

  /// nil where neither part is seen.
  package func appearance(of pose: Pose, in picture: Picture) -> Appearance? {
    let torso = quantiles(torso(pose), picture)
    let legs = quantiles(legs(pose), picture)
    return torso == nil && legs == nil ? nil : Appearance(torso: torso, legs: legs)
  }

  /// Points along the spine and to both sides of it, about as wide as the narrow of shoulders and hips.
  private func torso(_ pose: Pose) -> [Point] {
    guard let leftShoulder = point(pose, sides[0].shoulder), let rightShoulder = point(pose, sides[1].shoulder),
      let leftHip = point(pose, sides[0].hip), let rightHip = point(pose, sides[1].hip)
    else { return [] }
    let spine = Limb(from: leftShoulder.middle(rightShoulder), to: leftHip.middle(rightHip))
    let breadth = max(leftShoulder.distance(rightShoulder), leftHip.distance(rightHip))
    return spine.grid(from: 0.1, to: 0.9, rows: 9, halfWidth: max(0.35 * breadth, 0.12 * spine.length), columns: 7)
  }

  private func legs(_ pose: Pose) -> [Point] {
    var points: [Point] = []
    for side in sides {
      guard let hip = point(pose, side.hip), let knee = point(pose, side.knee) else { return [] }
      let thigh = Limb(from: hip, to: knee)
      points += thigh.grid(from: 0.2, to: 1, rows: 8, halfWidth: 0.1 * thigh.length, columns: 3)
    }
    return points
  }

  private func point(_ pose: Pose, _ joint: Int) -> Point? {
    guard pose.keypoints.indices.contains(joint), let keypoint = pose.keypoints[joint] else { return nil }
    return keypoint.score >= keypointScore ? keypoint.point : nil
  }

  private func quantiles(_ points: [Point], _ picture: Picture) -> [Int8]? {
    let colours = points.compactMap { picture.colour(nearest: $0) }
    guard colours.count >= Self.fewestPoints else { return nil }
    return [\LabColour.lightness, \.redness, \.yellowness].flatMap { axis in
      let sorted = colours.map { $0[keyPath: axis] }.sorted()
      return Appearance.shares.map { share in
        Int8(clamping: Int(sorted[Int((share * Double(sorted.count - 1)).rounded())].rounded()))
      }
    }
  }
}

/// A line between two joints.
private struct Limb {
  let from: Point
  let to: Point

  var length: Double { from.distance(to) }

  /// Points in rows across the line, between two shares of its length.
  func grid(from first: Double, to last: Double, rows: Int, halfWidth: Double, columns: Int) -> [Point] {
    let length = length
    guard length >= 1, length.isFinite else { return [] }
    let (x, y) = (to.x - from.x, to.y - from.y)
    return (0..<rows).flatMap { row in
      let along = first + (last - first) * Double(row) / Double(rows - 1)
      return (0..<columns).map { column in
        let across = halfWidth / length * (2 * Double(column) / Double(columns - 1) - 1)
        return Point(x: from.x + along * x - across * y, y: from.y + along * y + across * x)
      }
    }
  }
}

extension Point {
  fileprivate func middle(_ other: Point) -> Point { Point(x: (x + other.x) / 2, y: (y + other.y) / 2) }

  fileprivate func distance(_ other: Point) -> Double {
    let (x, y) = (x - other.x, y - other.y)
    return (x * x + y * y).squareRoot()
  }
}

extension Picture {
  /// nil outside the picture.
  fileprivate func colour(nearest point: Point) -> LabColour? {
    let (x, y) = (point.x.rounded(), point.y.rounded())
    guard x >= 0, y >= 0, x < Double(width), y < Double(height) else { return nil }
    let colour = self[Int(x), Int(y)]
    return LabColour(red: colour.red, green: colour.green, blue: colour.blue)
  }
}
