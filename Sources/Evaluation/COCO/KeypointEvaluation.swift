public import Files
public import Interchange
internal import Pose

/// Average precision and recall of poses by OKS: the COCO keypoint evaluation of pycocotools 2.0, and what
/// xtcocotools 1.14 makes of it for the data sets that followed.
public struct KeypointEvaluation: Sendable {
  /// The sigmas of all joints.
  public var sigmas: [Double]
  /// Whether people are as large as their annotated area says; else 0.53 of their box (AIC, CrowdPose).
  public var usesArea = true
  /// Whether labels are counted by their visibility and detections without any visible joint dropped, as xtcocotools
  /// does; else `num_keypoints` is believed, as by pycocotools.
  public var countsLabels = false
  /// Whether results are also given by CrowdPose's crowd index instead of by size.
  public var splitsByCrowd = false
  /// The joints that count, and the score that ranks them where a detection has it: a part of COCO-WholeBody.
  public var part: (joints: Range<Int>, score: String?)?
  public var maximumDetections = 20

  public init(sigmas: [Double]) { self.sigmas = sigmas }

  public static let coco = KeypointEvaluation(sigmas: Skeleton.coco17.sigmas)

  public static var ochuman: KeypointEvaluation {
    var result = coco
    result.countsLabels = true
    return result
  }

  public static var aic: KeypointEvaluation {
    var result = KeypointEvaluation(sigmas: Skeleton.aic14.sigmas)
    (result.usesArea, result.countsLabels) = (false, true)
    return result
  }

  public static var crowdPose: KeypointEvaluation {
    var result = KeypointEvaluation(sigmas: Skeleton.crowdPose14.sigmas)
    (result.usesArea, result.splitsByCrowd) = (false, true)
    return result
  }

  /// The parts of COCO-WholeBody in the order in which they are reported.
  public static let wholeBodyParts = ["body", "foot", "face", "lefthand", "righthand", "wholebody"]

  /// One part of COCO-WholeBody; nil for another name.
  public static func wholeBody(_ part: String) -> KeypointEvaluation? {
    let joints = ["body": 0..<17, "foot": 17..<23, "face": 23..<91, "lefthand": 91..<112, "righthand": 112..<133]
    guard let range = joints[part] ?? (part == "wholebody" ? 0..<133 : nil) else { return nil }
    var result = KeypointEvaluation(sigmas: Skeleton.wholeBody133.sigmas)
    result.countsLabels = true
    result.part = (range, part == "body" ? nil : "\(part)_score")
    return result
  }

  /// AP, AP50, AP75, APm, APl, AR, AR50, AR75, ARm, ARl; with a crowd index AP, AP50, AP75, AR, AR50, AR75 and APs of
  /// easy (below 0.2), medium and hard (from 0.8) images. −1 where nothing was to be found.
  public func callAsFunction(
    _ dataset: COCODataset, _ results: [COCOResult]
  ) throws(FileError) -> MetricTable {
    for (index, result) in results.enumerated() where result.keypoints.count < joints.upperBound {
      throw FileError(
        .invalid, place: "[\(index)].keypoints",
        problem: "\(result.keypoints.count) keypoints where \(joints.upperBound) belong",
        remedy: "evaluate by the protocol of the keypoint set that was predicted")
    }
    let images = try COCOImages(dataset, results).images
    return splitsByCrowd ? crowdTable(images) : sizeTable(images)
  }

  private var joints: Range<Int> { part?.joints ?? sigmas.indices }

  private func sizeTable(_ images: [COCOImages.Image]) -> MetricTable {
    let all = curves(images, areas: 0...1e10)
    let medium = curves(images, areas: 1024...9216)
    let large = curves(images, areas: 9216...1e10)
    var table = MetricTable()
    table["AP"] = all.averagePrecision()
    table["AP50"] = all.averagePrecision(threshold: 0)
    table["AP75"] = all.averagePrecision(threshold: 5)
    table["APm"] = medium.averagePrecision()
    table["APl"] = large.averagePrecision()
    table["AR"] = all.averageRecall()
    table["AR50"] = all.averageRecall(threshold: 0)
    table["AR75"] = all.averageRecall(threshold: 5)
    table["ARm"] = medium.averageRecall()
    table["ARl"] = large.averageRecall()
    return table
  }

  private func crowdTable(_ images: [COCOImages.Image]) -> MetricTable {
    let all = curves(images, areas: 0...1e10)
    var table = MetricTable()
    table["AP"] = all.averagePrecision()
    table["AP50"] = all.averagePrecision(threshold: 0)
    table["AP75"] = all.averagePrecision(threshold: 5)
    table["AR"] = all.averageRecall()
    table["AR50"] = all.averageRecall(threshold: 0)
    table["AR75"] = all.averageRecall(threshold: 5)
    for (name, range) in [("easy", -1..<0.2), ("medium", 0.2..<0.8), ("hard", 0.8..<Double.infinity)] {
      let split = images.filter { range.contains($0.crowdIndex ?? 0) }
      table["AP_\(name)"] = curves(split, areas: 0...1e10).averagePrecision()
    }
    return table
  }

  private func curves(_ images: [COCOImages.Image], areas: ClosedRange<Double>) -> PrecisionRecall {
    let oks = OKS(sigmas: Array(sigmas[joints]))
    return PrecisionRecall(
      images.map { image in
        let detections = image.best(maximumDetections, by: score).filter { !isDropped($0) }
        let truths = image.truths.map { (labels($0), area($0)) }
        let matching = COCOMatching(
          image.truths.map { truth in
            .init(
              area: area(truth), isCrowd: truth.isCrowd, isIgnored: truth.isCrowd || labelledCount(truth) == 0)
          },
          detections.map { .init(score: score($0), area: extent($0)) }, areas: areas
        ) { detection, truth in
          oks.coco(
            truth: truths[truth].0, box: image.truths[truth].box, area: truths[truth].1,
            detection: detections[detection].keypoints[joints].map(\.point))
        }
        return (detections.map(score), matching)
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
    return truth.box.width * truth.box.height * 0.53
  }

  /// The box around all keypoints of the body, also those at 0, 0.
  private func extent(_ result: COCOResult) -> Double {
    Box(around: result.keypoints.prefix(result.bodyCount).map(\.point))?.area ?? 0
  }
}
