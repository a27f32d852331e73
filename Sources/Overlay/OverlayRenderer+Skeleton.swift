internal import Imaging
internal import Pose

extension OverlayRenderer {
  /// A dark outline around everything, then the limbs, then the joints with outlines of their own.
  mutating func drawSkeleton(_ person: TrackedPose, on canvas: inout some Canvas, scale: FrameScale) {
    let points = skeleton.joints.indices.map { point($0, of: person.pose) }
    let width = scale.limbWidth(personHeight: height(of: person.pose, points: points))
    let limbs = skeleton.limbs.enumerated().compactMap { index, limb -> Stroke? in
      guard points.indices.contains(limb.from), points.indices.contains(limb.to), let from = points[limb.from],
        let to = points[limb.to]
      else { return nil }
      return Stroke(from: from, to: to, width: max(1, width * style.limbScales[index]), side: limb.side)
    }
    let joints = points.enumerated().compactMap { index, point -> Stroke? in
      guard let point else { return nil }
      let diameter = max(1.6, 1.75 * width * style.jointScales[index])
      return Stroke(from: point, to: point, width: diameter, side: style.jointSides[index])
    }
    paint(limbs + joints, widened: 2 * scale.outline, colour: Colour(0, 0, 0, opacity: 0.5), on: &canvas)
    let trackColour = options.colourBy == .track ? palette.colour(of: person.trackID) : nil
    paint(limbs, colour: trackColour, on: &canvas)
    paint(joints, widened: 0.9 * scale.outline, colour: Colour(0, 0, 0, opacity: 0.55), on: &canvas)
    paint(joints, colour: trackColour?.mixed(with: .white, share: 0.6), on: &canvas)
  }

  /// Draws strokes in one colour, or each in that of its side, the middle first.
  private mutating func paint(
    _ strokes: [Stroke], widened extra: Double = 0, colour: Colour?, on canvas: inout some Canvas
  ) {
    let groups: [(Colour, [Stroke])] =
      if let colour {
        [(colour, strokes)]
      } else {
        [Skeleton.Side.center, .left, .right].map { side in
          (SkeletonStyle.colour(side), strokes.filter { $0.side == side })
        }
      }
    for (colour, strokes) in groups where !strokes.isEmpty {
      for stroke in strokes {
        mask.add(.line(from: stroke.from, to: stroke.to, width: stroke.width + extra))
      }
      ink(colour, on: &canvas)
    }
  }

  private func height(of pose: Pose, points: [Point?]) -> Double {
    let rows = points.compactMap { $0?.y }
    let extent = (rows.max() ?? 0) - (rows.min() ?? 0)
    return pose.box.height > 0 ? max(pose.box.height / 1.25, extent) : extent
  }
}

/// A line of a skeleton; a joint is one of no length.
private struct Stroke {
  var from: Point
  var to: Point
  var width: Double
  var side: Skeleton.Side
}
