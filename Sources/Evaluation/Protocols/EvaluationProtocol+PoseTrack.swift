private import Files
private import Interchange

extension EvaluationProtocol {
  package static let poseTrack17 = poseval("posetrack17", "2017")
  package static let poseTrack18 = poseval("posetrack18", "2018")

  package static let poseTrack21 = EvaluationProtocol(
    name: "posetrack21", summary: "HOTA of keypoints, as the kit of PoseTrack21", inputs: poseTrackInputs,
    videoColumns: ["HOTA", "DetA", "AssA", "LocA", "FragA", "FA-HOTA"]
  ) { input in
    var all = KeypointHOTA()
    var videos: [(name: String, table: MetricTable)] = []
    for pair in try SequencePairs.poseTrack.pairs(input) {
      try pair.evaluate { () throws(FileError) in
        let table = try all.add(
          truth: PoseTrackFile(pair.truth), predictions: PoseTrackFile(pair.predictions))
        videos.append((pair.name, table))
      }
    }
    var report = EvaluationReport(all.table)
    report.videos = videos
    return report
  }

  private static let poseTrackInputs = "PoseTrack JSON: a file, or a folder with a file a video, on both sides"

  private static func poseval(_ name: String, _ year: String) -> EvaluationProtocol {
    EvaluationProtocol(
      name: name, summary: "AP and MOTA of joints, as poseval for PoseTrack \(year)", inputs: poseTrackInputs,
      plot: "precision over recall", videoColumns: ["AP.Total", "MOTA.Total", "MOTP.Total"]
    ) { input in
      var all = PoseTrackEvaluation()
      var videos: [(name: String, table: MetricTable)] = []
      for pair in try SequencePairs.poseTrack.pairs(input) {
        try pair.evaluate { () throws(FileError) in
          let (truth, predictions) = (try PoseTrackFile(pair.truth), try PoseTrackFile(pair.predictions))
          try all.add(truth: truth, predictions: predictions)
          guard input.wantsVideos else { return }
          var video = PoseTrackEvaluation()
          try video.add(truth: truth, predictions: predictions)
          videos.append((pair.name, video.table()))
        }
      }
      let figures = all.figures()
      var report = EvaluationReport(figures.table)
      report.videos = videos
      if input.wantsPlot { report.plot = figures.plot.svg }
      return report
    }
  }
}
