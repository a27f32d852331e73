internal import Files
internal import Foundation
internal import Interchange
internal import Pose

/// The people of one frame as poseval compares them: the 15 evaluated joints, without what lies in ignore regions.
struct PoseTrackFrame {
  struct Person {
    /// nil where nobody has linked the poses.
    var trackID: Int?
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

/// The frames of a sequence that count, those of the two files paired by position.
struct PoseTrackFrames {
  /// Whose rules hold.
  enum Rules {
    /// Frames without labelled people do not count; a joint does unless all of its numbers are 0.
    case poseval
    /// Frames that are not labelled do not count; a joint does with coordinates above 0.
    case poseTrack21
  }

  private let rules: Rules
  private var truths: PoseTrackFile.Frames
  private var predictions: PoseTrackFile.Frames
  /// Where the evaluated joints are in each file.
  private let orders: (truth: [Int?], prediction: [Int?])

  init(truth: PoseTrackFile, predictions: PoseTrackFile, as rules: Rules = .poseval) throws(FileError) {
    try Self.requireSameLength(truth, predictions)
    self.rules = rules
    (truths, self.predictions) = (try truth.frames(), try predictions.frames())
    orders = (
      Self.order(truth, of: PoseTrackFrame.jointNames), Self.order(predictions, of: PoseTrackFrame.jointNames)
    )
  }

  static func requireSameLength(_ truth: PoseTrackFile, _ predictions: PoseTrackFile) throws(FileError) {
    guard truth.imageCount == predictions.imageCount else {
      throw FileError(
        .invalid, place: "images",
        problem: "\(predictions.imageCount) predicted frames where the ground truth has \(truth.imageCount)",
        remedy: "predict every frame of the sequence, with --stride 1")
    }
  }

  mutating func next() throws(FileError) -> PoseTrackFrame? {
    while let (image, labels) = try truths.next(), let (_, found) = try predictions.next() {
      if rules == .poseval ? labels.isEmpty : !image.isLabeled { continue }
      try Self.requireSingles(found, image)
      let rules = rules
      func people(_ annotations: [PoseTrackFile.Annotation], _ order: [Int?]) -> [PoseTrackFrame.Person] {
        let people = annotations.map { PoseTrackFrame.Person($0, order: order, rules) }
        if rules == .poseTrack21, image.ignoreRegions.isEmpty { return people }
        return people.compactMap { $0.outside(image.ignoreRegions) }
      }
      return PoseTrackFrame(truths: people(labels, orders.truth), predictions: people(found, orders.prediction))
    }
    return nil
  }

  /// Refuses one identity for several people of a frame, which poseval does not take either.
  static func requireSingles(
    _ people: [PoseTrackFile.Annotation], _ image: PoseTrackFile.Image
  ) throws(FileError) {
    var seen: Set<Int> = []
    for id in people.compactMap(\.trackID) where !seen.insert(id).inserted {
      throw FileError(
        .invalid, place: "image \(image.id)", problem: "track_id \(id) is there twice",
        remedy: "give each person of a frame an id of its own")
    }
  }

  /// Where the joints of these names are in a file.
  static func order(_ file: PoseTrackFile, of names: [String]) -> [Int?] {
    names.map { name in
      file.jointNames.firstIndex(of: name) ?? (name == "head_bottom" ? file.jointNames.firstIndex(of: "neck") : nil)
    }
  }
}

extension PoseTrackFrame.Person {
  /// What poseval takes where a file has no scores.
  private static let missingScore = -9999.0

  fileprivate init(_ annotation: PoseTrackFile.Annotation, order: [Int?], _ rules: PoseTrackFrames.Rules) {
    trackID = annotation.trackID
    joints = order.map { index in
      guard let index, annotation.joints.indices.contains(index) else { return nil }
      let (point, third) = annotation.joints[index]
      switch rules {
      case .poseval: if point.x == 0, point.y == 0, third == 0 { return nil }
      case .poseTrack21: if point.x <= 0 || point.y <= 0 { return nil }
      }
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
