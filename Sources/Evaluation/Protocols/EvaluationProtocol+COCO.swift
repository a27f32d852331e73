private import Interchange

extension EvaluationProtocol {
  package static let coco = keypoints("coco", "keypoint AP and AR of pycocotools, 17 keypoints", .coco)

  package static let crowdPose = keypoints(
    "crowdpose", "that of CrowdPose, 14 keypoints, with easy, medium and hard", .crowdPose)

  package static let ochuman = keypoints("ochuman", "that of OCHuman, 17 keypoints", .ochuman)

  package static let aic = keypoints("aic", "that of AI Challenger, 14 keypoints", .aic)

  package static let mhp = keypoints("mhp", "that of Multi-Human Parsing, 16 keypoints", .mhp)

  package static let humanArt = keypoints("humanart", "that of Human-Art, 17 keypoints", .ochuman)

  package static let wholeBody = EvaluationProtocol(
    name: "coco-wholebody", summary: "that of COCO-WholeBody, 133 keypoints: body, feet, face, hands, all",
    inputs: cocoInputs, plot: curves
  ) { input in
    let parts = KeypointEvaluation.WholeBodyPart.allCases
    let evaluations = parts.map(KeypointEvaluation.wholeBody)
    var tallies = evaluations.map(KeypointEvaluation.Tally.init)
    try KeypointEvaluation.forEachImage(
      COCODataset(input.groundTruth), COCOPredictions(input.predictions), evaluations.map(\.counts)
    ) { image in
      for index in tallies.indices { tallies[index].add(image) }
    }
    let figures = tallies.indices.map { tallies[$0].figures() }
    var plot = PrecisionRecallPlot()
    for (part, figures) in zip(parts, figures) {
      for line in figures.curves.lines where line.name == "mean" { plot.add(part.rawValue, line.points) }
    }
    var report = EvaluationReport(.wholeBody(Dictionary(uniqueKeysWithValues: zip(parts, figures.map(\.table)))))
    if input.wantsPlot { report.plot = plot.svg }
    return report
  }

  package static let boxes = EvaluationProtocol(
    name: "boxes", summary: "box AP and AR of pycocotools, persons only", inputs: cocoInputs, plot: curves
  ) { input in
    let figures = try BoxEvaluation().figures(COCODataset(input.groundTruth), COCOPredictions(input.predictions))
    return report(figures.table, figures.curves, input)
  }

  package static let jhmdb = EvaluationProtocol(
    name: "jhmdb", summary: "PCK of J-HMDB, 15 keypoints, as mmpose",
    inputs: "COCO annotations, counted from 1; COCO results, counted from 0"
  ) { input in
    EvaluationReport(
      try JHMDBEvaluation()(COCODataset(input.groundTruth), COCOPredictions(input.predictions)))
  }

  private static let cocoInputs = "COCO annotations; COCO results, or poses in any format that is read"
  private static let curves = "precision over recall"

  private static func keypoints(
    _ name: String, _ summary: String, _ evaluation: KeypointEvaluation
  ) -> EvaluationProtocol {
    EvaluationProtocol(name: name, summary: summary, inputs: cocoInputs, plot: curves) { input in
      var tally = KeypointEvaluation.Tally(evaluation)
      try KeypointEvaluation.forEachImage(
        COCODataset(input.groundTruth), COCOPredictions(input.predictions), [evaluation.counts]
      ) { tally.add($0) }
      let figures = tally.figures()
      return report(figures.table, figures.curves, input)
    }
  }

  private static func report(
    _ table: MetricTable, _ curves: PrecisionRecall.Curves, _ input: EvaluationInput
  ) -> EvaluationReport {
    var report = EvaluationReport(table)
    guard input.wantsPlot else { return report }
    var plot = PrecisionRecallPlot()
    for line in curves.lines { plot.add(line.name, line.points) }
    report.plot = plot.svg
    return report
  }
}

extension MetricTable {
  /// `body.AP`, `body.AR` and so on. The hands of published tables are the mean of left and right, which xtcocotools gives one
  /// by one.
  fileprivate static func wholeBody(_ parts: [KeypointEvaluation.WholeBodyPart: MetricTable]) -> MetricTable {
    let names = ["AP", "AP50", "AP75", "AR", "AR50", "AR75"]
    func hands(_ name: String) -> Double {
      let hands = [parts[.leftHand]?[name], parts[.rightHand]?[name]].compactMap(\.self).filter { $0 >= 0 }
      return hands.isEmpty ? -1 : hands.reduce(0, +) / Double(hands.count)
    }
    var table = MetricTable(undefined: -1)
    for part in KeypointEvaluation.WholeBodyPart.allCases {
      if part == .wholeBody {
        for name in names { table["hand.\(name)"] = hands(name) }
      }
      for name in names { table["\(part.rawValue).\(name)"] = parts[part]?[name] }
    }
    return table
  }
}
