internal import Files
internal import Interchange
internal import Pose

/// Labelled and predicted people of a PoseTrack sequence, compared whole; frames without labels are left out, and ignore
/// regions count like any other place.
struct PersonFrames {
  enum Measure: Sendable {
    /// Over the labelled joints but the ears, in the area of the labelled box; a joint that was not predicted adds nothing.
    case oks
    /// The overlap of the boxes.
    case iou
  }

  private let measure: Measure
  private var truths: PoseTrackFile.Frames
  private var predictions: PoseTrackFile.Frames
  private let orders: (truth: [Int?], prediction: [Int?])
  private let oks = OKS(sigmas: PersonFrames.joints.map(\.sigma))

  private static let joints = Skeleton.poseTrack18.joints.filter { !$0.name.hasSuffix("_ear") }

  init(truth: PoseTrackFile, predictions: PoseTrackFile, by measure: Measure) throws(FileError) {
    try PoseTrackFrames.requireSameLength(truth, predictions)
    self.measure = measure
    (truths, self.predictions) = (try truth.frames(), try predictions.frames())
    let names = Self.joints.map(\.name)
    orders = (PoseTrackFrames.order(truth, of: names), PoseTrackFrames.order(predictions, of: names))
  }

  mutating func next() throws(FileError) -> IdentityFrame? {
    while let (image, labels) = try truths.next(), let (_, found) = try predictions.next() {
      if labels.isEmpty { continue }
      try PoseTrackFrames.requireSingles(found, image)
      return IdentityFrame(
        truths: try Self.ids(labels, image), predictions: try Self.ids(found, image), pairs: pairs(labels, found))
    }
    return nil
  }

  private static func ids(
    _ people: [PoseTrackFile.Annotation], _ image: PoseTrackFile.Image
  ) throws(FileError) -> [Int] {
    try people.map { (person) throws(FileError) in
      if let id = person.trackID { return id }
      throw FileError(
        .invalid, place: "image \(image.id)", problem: "holds people without track_id",
        remedy: "give them identities with `posetrail link`")
    }
  }

  private func pairs(
    _ labels: [PoseTrackFile.Annotation], _ found: [PoseTrackFile.Annotation]
  ) -> [IdentityFrame.Pair] {
    labels.indices.flatMap { truth in
      found.indices.compactMap { prediction in
        let similarity = similarity(labels[truth], found[prediction])
        return similarity > 0 ? .init(truth: truth, prediction: prediction, similarity: similarity) : nil
      }
    }
  }

  private func similarity(_ truth: PoseTrackFile.Annotation, _ found: PoseTrackFile.Annotation) -> Double {
    guard let box = truth.box else { return 0 }
    switch measure {
    case .iou: return found.box.map { box.iou($0) } ?? 0
    case .oks:
      let labels = orders.truth.map { point($0, of: truth) { $0.third > 0 } }
      guard labels.contains(where: { $0 != nil }) else { return 0 }
      let far = Point(x: .infinity, y: .infinity)
      let points = orders.prediction.map { index in
        point(index, of: found) { $0.point.x != 0 || $0.point.y != 0 || $0.third != 0 } ?? far
      }
      return oks.coco(truth: labels, box: box, area: box.area, detection: points)
    }
  }

  private func point(
    _ index: Int?, of person: PoseTrackFile.Annotation, where counts: ((point: Point, third: Double)) -> Bool
  ) -> Point? {
    guard let index, person.joints.indices.contains(index), counts(person.joints[index]) else { return nil }
    return person.joints[index].point
  }
}
