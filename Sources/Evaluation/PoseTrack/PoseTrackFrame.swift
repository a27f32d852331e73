internal import Files
internal import Foundation
internal import Interchange
internal import Pose

/// The people of one frame as poseval compares them: the 15 evaluated joints, without what lies in ignore regions.
struct PoseTrackFrame {
  struct Person {
    var trackID: Int
    /// In the order of `jointNames`; nil where there is none.
    var joints: [(point: Point, score: Double)?]
    /// 0.6 of the diagonal of the head box, as in MPII; the unit of distances.
    var headSize: Double
  }

  var truths: [Person]
  var predictions: [Person]

  /// In the order of PoseTrack 2017's ids, which poseval works in.
  static let jointNames = [
    "right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle", "right_wrist", "right_elbow",
    "right_shoulder", "left_shoulder", "left_elbow", "left_wrist", "head_bottom", "nose", "head_top",
  ]
}

/// The frames of a sequence that have labelled people, those of the two files paired by position.
struct PoseTrackFrames {
  private var truths: PoseTrackFile.Frames
  private var predictions: PoseTrackFile.Frames
  /// Where the evaluated joints are in each file.
  private let orders: (truth: [Int?], prediction: [Int?])

  init(truth: PoseTrackFile, predictions: PoseTrackFile) throws(FileError) {
    guard truth.imageCount == predictions.imageCount else {
      throw FileError(
        .invalid, place: "images",
        problem: "\(predictions.imageCount) predicted frames where the ground truth has \(truth.imageCount)",
        remedy: "predict every frame of the sequence, with --stride 1")
    }
    (truths, self.predictions) = (try truth.frames(), try predictions.frames())
    orders = (Self.order(truth), Self.order(predictions))
  }

  mutating func next() throws(FileError) -> PoseTrackFrame? {
    while let (image, labels) = try truths.next(), let (_, found) = try predictions.next() {
      if labels.isEmpty { continue }
      func people(_ annotations: [PoseTrackFile.Annotation], _ order: [Int?]) -> [PoseTrackFrame.Person] {
        annotations.compactMap { PoseTrackFrame.Person($0, order: order).outside(image.ignoreRegions) }
      }
      return PoseTrackFrame(truths: people(labels, orders.truth), predictions: people(found, orders.prediction))
    }
    return nil
  }

  private static func order(_ file: PoseTrackFile) -> [Int?] {
    PoseTrackFrame.jointNames.map { name in
      file.jointNames.firstIndex(of: name) ?? (name == "head_bottom" ? file.jointNames.firstIndex(of: "neck") : nil)
    }
  }
}

extension PoseTrackFrame.Person {
  /// What poseval takes where a file has no scores.
  private static let missingScore = -9999.0

  /// A joint counts unless x, y and the third number are all 0.
  fileprivate init(_ annotation: PoseTrackFile.Annotation, order: [Int?]) {
    trackID = annotation.trackID ?? -1
    joints = order.map { index in
      guard let index, annotation.joints.indices.contains(index) else { return nil }
      let (point, third) = annotation.joints[index]
      if point.x == 0, point.y == 0, third == 0 { return nil }
      return (point, annotation.scores?[index] ?? Self.missingScore)
    }
    let head = annotation.headBox ?? Box(x: 0, y: 0, width: 0, height: 0)
    headSize = 0.6 * hypot(head.width, head.height)
  }

  /// The person without the joints inside the regions; nil where none is left.
  fileprivate func outside(_ regions: [[Point]]) -> Self? {
    var result = self
    result.joints = joints.map { joint in
      joint.flatMap { joint in regions.contains { $0.containsStrictly(joint.point) } ? nil : joint }
    }
    return result.joints.contains { $0 != nil } ? result : nil
  }
}

extension [Point] {
  /// Whether the polygon contains the point, its edge not counted.
  func containsStrictly(_ point: Point) -> Bool {
    var isInside = false
    for (index, a) in enumerated() {
      let b = self[(index + 1) % count]
      let cross = (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
      if cross == 0, point.x >= Swift.min(a.x, b.x), point.x <= Swift.max(a.x, b.x),
        point.y >= Swift.min(a.y, b.y), point.y <= Swift.max(a.y, b.y)
      {
        return false
      }
      if (a.y > point.y) != (b.y > point.y), (cross > 0) == (b.y > a.y) { isInside.toggle() }
    }
    return isInside
  }
}
