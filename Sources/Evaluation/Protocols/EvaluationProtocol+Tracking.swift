private import Files
private import Interchange

extension EvaluationProtocol {
  package static let hota = people(
    "hota", "HOTA, CLEAR and identities of people by OKS, as TrackEval", "PoseTrack JSON", by: .oks)

  package static let hotaBoxes = people(
    "hota-boxes", "the same by overlap of boxes", "PoseTrack JSON", by: .iou)

  package static let mot = tracks(
    "mot", "HOTA, CLEAR and identities of boxes, as TrackEval for MOTChallenge",
    "MOT text, or folders with a file a video", .mot
  ) { (pair) throws(FileError) in
    var frames = try MOTFrames(truth: MOTFile(pair.truth), predictions: MOTFile(pair.predictions))
    return { () throws(FileError) in
      guard let frame = try frames.next() else { return nil }
      let (truth, predictions) = MOTCleaning.clean(frame.truth, frame.predictions)
      try MOTFrames.requireSingles(truth, predictions, in: frame.number)
      return IdentityFrame(truth: truth, predictions: predictions)
    }
  }

  package static let motMetrics = EvaluationProtocol(
    name: "motmetrics", summary: "identities of boxes: switches, IDF1, MOTA, as py-motmetrics",
    inputs: "MOT text; MOT text", videoColumns: ["mota", "motp", "idf1", "num_switches"]
  ) { input in
    var all = IdentityEvaluation()
    var videos: [(name: String, table: MetricTable)] = []
    for pair in try SequencePairs.mot.pairs(input) {
      var video = IdentityEvaluation()
      var frames = try MOTFrames(truth: MOTFile(pair.truth), predictions: MOTFile(pair.predictions))
      while let frame = try frames.next() {
        let frame = IdentityFrame(truth: frame.truth, predictions: frame.predictions)
        video.add(frame)
        all.add(frame)
      }
      all.endSequence()
      videos.append((pair.name, video.table))
    }
    var report = EvaluationReport(all.table)
    report.videos = videos
    return report
  }

  private static func people(
    _ name: String, _ summary: String, _ inputs: String, by measure: PersonFrames.Measure
  ) -> EvaluationProtocol {
    tracks(name, summary, "\(inputs): a file, or a folder with a file a video, on both sides", .poseTrack) {
      (pair) throws(FileError) in
      var frames = try PersonFrames(
        truth: PoseTrackFile(pair.truth), predictions: PoseTrackFile(pair.predictions), by: measure)
      return { () throws(FileError) in try frames.next() }
    }
  }

  /// - Parameter open: Gives the frames of a video one by one.
  private static func tracks(
    _ name: String, _ summary: String, _ inputs: String, _ sequences: SequencePairs,
    open: @escaping @Sendable (SequencePairs.Pair) throws(FileError) -> () throws(FileError) -> IdentityFrame?
  ) -> EvaluationProtocol {
    EvaluationProtocol(
      name: name, summary: summary, inputs: inputs, plot: "tracks over time",
      videoColumns: ["HOTA", "DetA", "AssA", "LocA", "MOTA", "IDF1", "IDSW"]
    ) { input in
      var all = TrackingEvaluation()
      var videos: [(name: String, table: MetricTable)] = []
      var plot = TrackPlot()
      for pair in try sequences.pairs(input) {
        var video = TrackingEvaluation()
        var panel = TrackPlot.Panel(name: pair.name)
        try pair.evaluate { () throws(FileError) in
          let next = try open(pair)
          var number = 0
          while let frame = try next() {
            let matches = video.add(frame)
            if input.wantsPlot { panel.add(frame, matches, number: number) }
            number += 1
          }
        }
        video.endSequence()
        videos.append((pair.name, video.table))
        plot.add(panel)
        all.add(video)
      }
      var report = EvaluationReport(all.table)
      report.videos = videos
      if input.wantsPlot { report.plot = plot.svg }
      return report
    }
  }
}

extension TrackPlot.Panel {
  fileprivate mutating func add(_ frame: IdentityFrame, _ matches: [IdentityFrame.Pair?], number: Int) {
    for (person, match) in zip(frame.truths, matches) {
      add(person: person, frame: number, found: match.map { frame.predictions[$0.prediction] })
    }
  }
}
