package import Imaging
package import Pose

/// Draws tracked people on the pictures of one video, frame after frame.
///
/// What it draws depends only on the options and on the people of this and the frames before, so drawing again from
/// saved poses gives the same pixels. Links and colours are those of COCO's drawings as mmpose made them known.
package struct OverlayRenderer: Sendable {
  package let skeleton: Skeleton
  package let options: OverlayOptions
  /// What stands on the plates of some tracks instead of their numbers.
  let names: [Int: String]
  let style: SkeletonStyle
  private let faces: FaceRegion
  private let hips: [Int]
  let palette = TrackPalette()
  private(set) var trails: Trails
  var mask = CoverageMask(width: 0, height: 0)

  package init(_ skeleton: Skeleton, options: OverlayOptions = OverlayOptions(), names: [Int: String] = [:]) {
    self.names = names
    self.skeleton = skeleton
    self.options = options
    style = SkeletonStyle(skeleton)
    faces = FaceRegion(skeleton, scoreThreshold: options.scoreThreshold)
    hips = skeleton.joints.indices.filter { ["left_hip", "right_hip"].contains(skeleton.joints[$0].name) }
    trails = Trails(length: options.trails)
  }

  /// Takes in the people of the next frame without drawing it, so that the trails of later frames are complete.
  package mutating func skip(_ people: [TrackedPose]) {
    trails.append(people.map { ($0.trackID, center(of: $0.pose)) })
  }

  /// Draws the people of the next frame, and a caption in the corner where one is given. What lies in the boxes `hidden` is made
  /// unrecognisable first.
  package mutating func draw(
    _ people: [TrackedPose], hiding hidden: [Box] = [], on canvas: inout some Canvas, caption: String? = nil
  ) {
    skip(people)
    guard canvas.width > 0, canvas.height > 0 else { return }
    if mask.width != canvas.width || mask.height != canvas.height {
      mask = CoverageMask(width: canvas.width, height: canvas.height)
    }
    let scale = FrameScale(width: canvas.width, height: canvas.height)
    for box in hidden { hide(.rectangle(box, cornerRadius: 0), on: &canvas) }
    if options.blurFaces {
      for person in people { hideFace(of: person.pose, on: &canvas) }
    }
    drawTrails(on: &canvas, scale: scale)
    if options.boxes {
      for person in people { drawBox(person, on: &canvas, scale: scale) }
    }
    if options.skeletons {
      for person in people { drawSkeleton(person, on: &canvas, scale: scale) }
    }
    if options.ids {
      for person in people { drawPlate(person, on: &canvas, scale: scale) }
    }
    if let caption { drawCaption(caption, on: &canvas, scale: scale) }
  }

  /// Colours what the mask covers and empties it.
  mutating func ink(_ colour: Colour, on canvas: inout some Canvas) {
    canvas.fill(mask, with: colour)
    mask.clear()
  }

  /// The keypoint of a joint, nil where it is missing or not above the threshold.
  func point(_ joint: Int, of pose: Pose) -> Point? {
    guard pose.keypoints.indices.contains(joint), let keypoint = pose.keypoints[joint],
      keypoint.score > options.scoreThreshold, keypoint.point.x.isFinite, keypoint.point.y.isFinite
    else { return nil }
    return keypoint.point
  }

  private func center(of pose: Pose) -> Point {
    let seen = hips.compactMap { point($0, of: pose) }
    guard seen.count == 2 else { return pose.box.center }
    return Point(x: (seen[0].x + seen[1].x) / 2, y: (seen[0].y + seen[1].y) / 2)
  }

  private mutating func hideFace(of pose: Pose, on canvas: inout some Canvas) {
    for ellipse in faces.ellipses(of: pose) { hide(ellipse, on: &canvas) }
  }

  private mutating func hide(_ shape: Shape, on canvas: inout some Canvas) {
    mask.add(shape)
    canvas.obscure(mask, cells: 5)
    mask.clear()
  }

  private mutating func drawTrails(on canvas: inout some Canvas, scale: FrameScale) {
    for (trackID, positions) in trails.all {
      let steps = Array(zip(positions, positions.dropFirst()))
      for outline in [scale.outline, 0] {
        for (from, to) in steps {
          let freshness = trails.freshness(to)
          mask.add(
            .line(from: from.point, to: to.point, width: scale.trailWidth * (0.4 + 0.6 * freshness) + 2 * outline),
            opacity: freshness.squareRoot())
        }
        ink(outline > 0 ? Colour(0, 0, 0, opacity: 0.4) : palette.colour(of: trackID), on: &canvas)
      }
    }
  }
}
