package import Files
package import Interchange

/// The PoseTrack benchmark (Andriluka et al., CVPR 2018): average precision of joints in frames and MOTA of joints in
/// videos, as poseval computes them.
///
/// The last labelled frame of a sequence does not count for MOTA, as in poseval. MOTP is the mean over the matches; what poseval
/// prints, which adds up all pairs near enough as well, is `MOTP printed`.
package struct PoseTrackEvaluation {
  private var labelled = [Int](repeating: 0, count: PoseTrackFrame.jointNames.count)
  private var rankings = PoseTrackFrame.jointNames.map { _ in Ranking<Bool>() }
  /// Whether all people predicted have identities.
  private var isLinked = true
  private var identities = PoseTrackFrame.jointNames.map { _ in IdentityEvaluation() }

  package init() {}

  /// Adds the frames of a sequence.
  package mutating func add(
    truth: PoseTrackFile, predictions: PoseTrackFile
  ) throws(FileError) {
    var last: PoseTrackMatching?
    var frames = try PoseTrackFrames(truth: truth, predictions: predictions)
    while let frame = try frames.next() {
      if let last { count(last) }
      for person in frame.truths {
        for (joint, label) in person.joints.enumerated() where label != nil { labelled[joint] += 1 }
      }
      isLinked = isLinked && frame.predictions.allSatisfy { $0.trackID != nil }
      let matching = PoseTrackMatching(frame)
      for joint in labelled.indices {
        for label in matching.labels(joint: joint) { rankings[joint].append(label.isRight, score: label.score) }
      }
      last = matching
    }
    for joint in identities.indices { identities[joint].endSequence() }
  }

  private mutating func count(_ matching: PoseTrackMatching) {
    for joint in identities.indices { identities[joint].add(matching.identities(joint: joint)) }
  }

  /// Percentages of the parts of the body that the published tables print, and their means: `AP.Head` is that of nose, head bottom
  /// and head top, `AP.Shou` and so on that of left and right, `AP.Total` that of all 15 joints; then those of the single
  /// joints. Figures of identities are NaN where some of the people predicted have none.
  package mutating func table() -> MetricTable { figures().table }

  /// The table, and curves of precision over recall of the joints.
  mutating func figures() -> (table: MetricTable, plot: PrecisionRecallPlot) {
    var table = MetricTable(decimals: 1)
    let curves = labelled.indices.map { JointPrecision(&rankings[$0], labelled: labelled[$0]) }
    let totals = identities.map(\.totals)
    let figures = totals.map { isLinked ? $0.table : MetricTable() }
    let printed = totals.map { isLinked ? 100 * (1 - $0.listedDistance / Double($0.matches)) : .nan }
    let metrics: [(name: String, values: [Double])] = [
      ("AP", curves.map(\.average)), ("AP precision", curves.map(\.precision)), ("AP recall", curves.map(\.recall)),
      ("MOTA", figures.map { 100 * ($0["mota"] ?? .nan) }),
      ("MOTP", figures.map { 100 * (1 - ($0["motp"] ?? .nan)) }),
      ("MOTP printed", printed),
      ("MOT precision", figures.map { 100 * ($0["precision"] ?? .nan) }),
      ("MOT recall", figures.map { 100 * ($0["recall"] ?? .nan) }),
    ]
    for (name, values) in metrics {
      for (part, joints) in Self.parts { table["\(name).\(part)"] = Self.mean(joints.map { values[$0] }) }
      table["\(name).Total"] = Self.mean(values)
    }
    for (joint, name) in PoseTrackFrame.jointNames.enumerated() {
      for metric in metrics { table["\(name).\(metric.name)"] = metric.values[joint] }
    }
    var plot = PrecisionRecallPlot()
    for (name, curve) in zip(PoseTrackFrame.jointNames, curves) { plot.add(name, curve.points) }
    return (table, plot)
  }

  private static let parts = [
    ("Head", [14, 12, 13]), ("Shou", [8, 9]), ("Elb", [7, 10]), ("Wri", [6, 11]), ("Hip", [2, 3]), ("Knee", [1, 4]),
    ("Ankl", [0, 5]),
  ]

  private static func mean(_ values: [Double]) -> Double {
    let defined = values.filter { !$0.isNaN }
    return defined.isEmpty ? .nan : defined.reduce(0, +) / Double(defined.count)
  }
}
