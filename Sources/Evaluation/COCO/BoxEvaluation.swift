public import Files
public import Interchange
internal import Pose

/// Average precision and recall of person boxes by IoU: the COCO detection evaluation of pycocotools 2.0, persons only.
public struct BoxEvaluation: Sendable {
  public var maximumDetections = 100

  public init() {}

  /// AP, AP50, AP75, APs (below 32² pixels), APm, APl (from 96²), AR, ARs, ARm, ARl, and AP50 of people over 32² pixels.
  /// −1 where nothing was to be found.
  public func callAsFunction(
    _ dataset: COCODataset, _ results: [COCOResult]
  ) throws(FileError) -> MetricTable {
    for (index, result) in results.enumerated() where result.box == nil {
      throw FileError(
        .invalid, place: "[\(index)].bbox", problem: "is missing", remedy: "give results with boxes")
    }
    let images = try COCOImages(dataset, results).images
    let all = curves(images, areas: 0...1e10)
    let sizes = [("s", 0.0...1024), ("m", 1024...9216), ("l", 9216...1e10)]
      .map { (name: $0.0, curves: curves(images, areas: $0.1)) }
    var table = MetricTable()
    table["AP"] = all.averagePrecision()
    table["AP50"] = all.averagePrecision(threshold: 0)
    table["AP75"] = all.averagePrecision(threshold: 5)
    for size in sizes { table["AP\(size.name)"] = size.curves.averagePrecision() }
    table["AR"] = all.averageRecall()
    for size in sizes { table["AR\(size.name)"] = size.curves.averageRecall() }
    table["AP50ml"] = curves(images, areas: 1024...1e10).averagePrecision(threshold: 0)
    return table
  }

  private func curves(_ images: [COCOImages.Image], areas: ClosedRange<Double>) -> PrecisionRecall {
    PrecisionRecall(
      images.map { image in
        let detections = image.best(maximumDetections, by: \.score)
        let boxes = detections.compactMap(\.box)
        let matching = COCOMatching(
          image.truths.map {
            .init(area: $0.area ?? $0.box.area, isCrowd: $0.isCrowd, isIgnored: $0.isCrowd)
          },
          zip(detections, boxes).map { .init(score: $0.score, area: $1.area) }, areas: areas
        ) { detection, truth in
          overlap(boxes[detection], image.truths[truth])
        }
        return (detections.map(\.score), matching)
      })
  }

  /// IoU; with a crowd the share of the detection that lies in it.
  private func overlap(_ box: Box, _ truth: COCODataset.Annotation) -> Double {
    guard truth.isCrowd else { return box.iou(truth.box) }
    return box.area > 0 ? box.intersection(truth.box) / box.area : 0
  }
}
