package import Files
package import Interchange
internal import Pose

/// Average precision and recall of poses by OKS: the COCO keypoint evaluation of pycocotools 2.0, and what
/// xtcocotools 1.14 makes of it for the data sets that followed.
package struct KeypointEvaluation: Sendable {
  /// The sigmas of all joints.
  package var sigmas: [Double]
  /// Whether people are as large as their annotated area says; else 0.53 of their box (AIC, CrowdPose).
  package var usesArea = true
  /// Whether labels are counted by their visibility and detections without any visible joint dropped, as xtcocotools
  /// does; else `num_keypoints` is believed, as by pycocotools.
  package var countsLabels = false
  /// Whether who is annotated by the id 0 can't be found, as by pycocotools; xtcocotools knows better.
  package var losesNumberZero = false
  /// Whether results are also given by CrowdPose's crowd index instead of by size.
  package var splitsByCrowd = false
  /// The joints that count, and the score that ranks them where a detection has it: a part of COCO-WholeBody.
  package var part: (joints: Range<Int>, score: String?)?
  package var maximumDetections = 20

  package init(sigmas: [Double]) { self.sigmas = sigmas }

  package static var coco: KeypointEvaluation {
    var result = KeypointEvaluation(sigmas: Skeleton.coco17.sigmas)
    result.losesNumberZero = true
    return result
  }

  package static var ochuman: KeypointEvaluation {
    var result = KeypointEvaluation(sigmas: Skeleton.coco17.sigmas)
    result.countsLabels = true
    return result
  }

  package static var aic: KeypointEvaluation {
    var result = KeypointEvaluation(sigmas: Skeleton.aic14.sigmas)
    (result.usesArea, result.countsLabels) = (false, true)
    return result
  }

  package static var mhp: KeypointEvaluation {
    var result = KeypointEvaluation(sigmas: Skeleton.mhp16.sigmas)
    (result.usesArea, result.countsLabels) = (false, true)
    return result
  }

  package static var crowdPose: KeypointEvaluation {
    var result = KeypointEvaluation(sigmas: Skeleton.crowdPose14.sigmas)
    (result.usesArea, result.splitsByCrowd) = (false, true)
    return result
  }

  /// The parts of COCO-WholeBody, in the order in which they are reported.
  package enum WholeBodyPart: String, CaseIterable, Sendable {
    case body, foot, face
    case leftHand = "lefthand"
    case rightHand = "righthand"
    case wholeBody = "wholebody"

    var joints: Range<Int> {
      switch self {
      case .body: 0..<17
      case .foot: 17..<23
      case .face: 23..<91
      case .leftHand: 91..<112
      case .rightHand: 112..<133
      case .wholeBody: 0..<133
      }
    }
  }

  package static func wholeBody(_ part: WholeBodyPart) -> KeypointEvaluation {
    var result = KeypointEvaluation(sigmas: Skeleton.wholeBody133.sigmas)
    result.countsLabels = true
    result.part = (part.joints, part == .body ? nil : "\(part.rawValue)_score")
    return result
  }

  /// AP, AP50, AP75, APm, APl, AR, AR50, AR75, ARm, ARl; with a crowd index AP, AP50, AP75, AR, AR50, AR75 and APs of
  /// easy (below 0.2), medium and hard (from 0.8) images. −1 where nothing was to be found.
  package func callAsFunction(
    _ dataset: COCODataset, _ predictions: COCOPredictions
  ) throws(FileError) -> MetricTable {
    var tally = Tally(self)
    try Self.forEachImage(dataset, predictions, [counts]) { tally.add($0) }
    return tally.figures().table
  }

  /// Calls `body` with all images, after checking that they have keypoints of one of these numbers.
  static func forEachImage(
    _ dataset: COCODataset, _ predictions: COCOPredictions, _ counts: [Set<Int>], _ body: (COCOImages.Image) -> Void
  ) throws(FileError) {
    for counts in counts { try predictions.requireKeypoints(counts) }
    var images = try COCOImages(dataset, predictions)
    while let image = try images.next() {
      for counts in counts { try image.requireKeypoints(counts) }
      body(image)
    }
  }

  /// What was counted over the images.
  struct Tally {
    private let evaluation: KeypointEvaluation
    private var all = PrecisionRecall()
    private var parts: [PrecisionRecall]

    init(_ evaluation: KeypointEvaluation) {
      self.evaluation = evaluation
      parts = .init(repeating: PrecisionRecall(), count: evaluation.splitsByCrowd ? 3 : 2)
    }

    mutating func add(_ image: COCOImages.Image) {
      let comparison = evaluation.compare(image)
      comparison.add(areas: 0...1e10, to: &all)
      if evaluation.splitsByCrowd {
        comparison.add(areas: 0...1e10, to: &parts[KeypointEvaluation.crowding(image.crowdIndex ?? 0)])
      } else {
        comparison.add(areas: 1024...9216, to: &parts[0])
        comparison.add(areas: 9216...1e10, to: &parts[1])
      }
    }

    mutating func figures() -> (table: MetricTable, curves: PrecisionRecall.Curves) {
      let curves = all.curves()
      return (evaluation.table(curves, parts.indices.map { parts[$0].curves() }), curves)
    }
  }

  private var joints: Range<Int> { part?.joints ?? sigmas.indices }

  /// How many keypoints labels and detections may have: those of the set, or also those of a whole body, whose first are the
  /// joints of COCO.
  var counts: Set<Int> {
    guard part != nil || sigmas.count == 17 else { return [sigmas.count] }
    return joints.upperBound <= 17 ? [17, 133] : [133]
  }

  /// 0 for easy images, 1 for medium, 2 for hard.
  private static func crowding(_ index: Double) -> Int { index < 0.2 ? 0 : index < 0.8 ? 1 : 2 }

  private func table(_ all: PrecisionRecall.Curves, _ parts: [PrecisionRecall.Curves]) -> MetricTable {
    var table = MetricTable(undefined: -1)
    table["AP"] = all.averagePrecision()
    table["AP50"] = all.averagePrecision(threshold: 0)
    table["AP75"] = all.averagePrecision(threshold: 5)
    if !splitsByCrowd {
      table["APm"] = parts[0].averagePrecision()
      table["APl"] = parts[1].averagePrecision()
    }
    table["AR"] = all.averageRecall()
    table["AR50"] = all.averageRecall(threshold: 0)
    table["AR75"] = all.averageRecall(threshold: 5)
    if splitsByCrowd {
      for (name, curves) in zip(["easy", "medium", "hard"], parts) { table["AP_\(name)"] = curves.averagePrecision() }
    } else {
      table["ARm"] = parts[0].averageRecall()
      table["ARl"] = parts[1].averageRecall()
    }
    return table
  }

  /// What of an image is the same for people of every size.
  private struct Comparison {
    var truths: [COCOMatching.Truth]
    var detections: [COCOMatching.Detection]
    /// Of every detection with every object.
    var similarities: [[Double]]

    func add(areas: ClosedRange<Double>, to curves: inout PrecisionRecall) {
      let matching = COCOMatching(truths, detections, areas: areas) { similarities[$0][$1] }
      curves.add(matching, scores: detections.map(\.score))
    }
  }

  private func compare(_ image: COCOImages.Image) -> Comparison {
    let oks = OKS(sigmas: Array(sigmas[joints]))
    let detections = image.best(maximumDetections, by: score).filter { !isDropped($0) }
    let truths = image.truths.map { (labels: labels($0), area: area($0), box: $0.extent.box) }
    return Comparison(
      truths: zip(image.truths, truths).map { truth, measured in
        .init(
          area: measured.area, isCrowd: truth.isCrowd, isIgnored: truth.isCrowd || labelledCount(truth) == 0,
          isLost: losesNumberZero && truth.isNumberZero)
      },
      detections: detections.map { .init(score: score($0), area: extent($0)) },
      similarities: detections.map { detection in
        let points = detection.keypoints[joints].map(\.point)
        return truths.map { oks.coco(truth: $0.labels, box: $0.box, area: $0.area, detection: points) }
      })
  }

  private func score(_ result: COCOResult) -> Double { part?.score.flatMap { result.partScores[$0] } ?? result.score }

  private func isDropped(_ result: COCOResult) -> Bool {
    countsLabels && result.keypoints[joints].allSatisfy { $0.visibility == 0 }
  }

  /// The labelled joints that count; nil without a label.
  private func labels(_ truth: COCODataset.Annotation) -> [Point?] {
    joints.map { joint in
      guard truth.keypoints.indices.contains(joint), truth.keypoints[joint].visibility > 0 else { return nil }
      return truth.keypoints[joint].point
    }
  }

  private func labelledCount(_ truth: COCODataset.Annotation) -> Int {
    if !countsLabels, let count = truth.labelledCount { return count }
    return labels(truth).count { $0 != nil }
  }

  private func area(_ truth: COCODataset.Annotation) -> Double {
    if usesArea, let area = truth.area { return area }
    return truth.extent.box.area * 0.53
  }

  /// The box around all keypoints of the body, also those at 0, 0.
  private func extent(_ result: COCOResult) -> Double {
    Box(around: result.keypoints.prefix(result.bodyCount).map(\.point))?.area ?? 0
  }
}
