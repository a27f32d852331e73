package import Files
package import Interchange
internal import Pose

/// Average precision and recall of person boxes by IoU: the COCO detection evaluation of pycocotools 2.0, persons only.
package struct BoxEvaluation: Sendable {
  package var maximumDetections = 100

  package init() {}

  /// AP, AP50, AP75, APs (below 32² pixels), APm, APl (from 96²), AR, ARs, ARm, ARl, and AP50 of people over 32² pixels.
  /// −1 where nothing was to be found.
  package func callAsFunction(
    _ dataset: COCODataset, _ predictions: COCOPredictions
  ) throws(FileError) -> MetricTable {
    try figures(dataset, predictions).table
  }

  func figures(
    _ dataset: COCODataset, _ predictions: COCOPredictions
  ) throws(FileError) -> (table: MetricTable, curves: PrecisionRecall.Curves) {
    var curves = Self.sizes.map { _ in PrecisionRecall() }
    var images = try COCOImages(dataset, predictions)
    while let image = try images.next() {
      try image.require("bbox", { $0.box != nil }, remedy: "give results with boxes")
      for (index, areas) in Self.sizes.enumerated() { add(image, areas: areas, to: &curves[index]) }
    }
    let results = curves.indices.map { curves[$0].curves() }
    return (Self.table(results), results[0])
  }

  /// All, small, medium, large, and all over 32² pixels.
  private static let sizes: [ClosedRange<Double>] = [0...1e10, 0...1024, 1024...9216, 9216...1e10, 1024...1e10]

  private static func table(_ curves: [PrecisionRecall.Curves]) -> MetricTable {
    var table = MetricTable(undefined: -1)
    table["AP"] = curves[0].averagePrecision()
    table["AP50"] = curves[0].averagePrecision(threshold: 0)
    table["AP75"] = curves[0].averagePrecision(threshold: 5)
    for (name, size) in zip(["s", "m", "l"], curves.dropFirst()) { table["AP\(name)"] = size.averagePrecision() }
    table["AR"] = curves[0].averageRecall()
    for (name, size) in zip(["s", "m", "l"], curves.dropFirst()) { table["AR\(name)"] = size.averageRecall() }
    table["AP50ml"] = curves[4].averagePrecision(threshold: 0)
    return table
  }

  private func add(_ image: COCOImages.Image, areas: ClosedRange<Double>, to curves: inout PrecisionRecall) {
    let detections = image.best(maximumDetections, by: \.score)
    let boxes = detections.compactMap(\.box)
    let matching = COCOMatching(
      image.truths.map {
        .init(area: $0.extent.area, isCrowd: $0.isCrowd, isIgnored: $0.isCrowd, isLost: $0.isNumberZero)
      },
      zip(detections, boxes).map { .init(score: $0.score, area: $1.area) }, areas: areas
    ) { detection, truth in
      overlap(boxes[detection], image.truths[truth])
    }
    curves.add(matching, scores: detections.map(\.score))
  }

  /// IoU; with a crowd the share of the detection that lies in it.
  private func overlap(_ box: Box, _ truth: COCODataset.Annotation) -> Double {
    guard truth.isCrowd else { return box.iou(truth.extent.box) }
    return box.area > 0 ? box.intersection(truth.extent.box) / box.area : 0
  }
}
