package import Files
package import Interchange

/// The PoseTrack benchmark (Andriluka et al., CVPR 2018): average precision of joints in frames and MOTA of joints in
/// videos, as poseval computes them.
///
/// The last labelled frame of a sequence does not count for MOTA, as in poseval; MOTP is the mean over the matches, not
/// what poseval prints, which counts candidate pairs as well.
package struct PoseTrackEvaluation {
  private var labelled = [Int](repeating: 0, count: PoseTrackFrame.jointNames.count)
  private var rankings = PoseTrackFrame.jointNames.map { _ in Ranking<Bool>() }
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

  /// Percentages: AP, MOTA and MOTP, precision and recall of both. `AP.Total` is the mean over the 15 joints,
  /// `AP.Head` that of nose, head bottom and head top, `AP.Shou` and so on that of left and right; `AP.nose` and so on are
  /// those of single joints.
  package mutating func table() -> MetricTable {
    var table = MetricTable()
    let curves = labelled.indices.map { JointPrecision(&rankings[$0], labelled: labelled[$0]) }
    table.add("AP", curves.map(\.average))
    table.add("AP.precision", curves.map(\.precision), onlyTotal: true)
    table.add("AP.recall", curves.map(\.recall), onlyTotal: true)
    let figures = identities.map(\.table)
    table.add("MOTA", figures.map { 100 * ($0["mota"] ?? .nan) })
    table.add("MOTP", figures.map { 100 * (1 - ($0["motp"] ?? .nan)) }, onlyTotal: true)
    table.add("MOT.precision", figures.map { 100 * ($0["precision"] ?? .nan) }, onlyTotal: true)
    table.add("MOT.recall", figures.map { 100 * ($0["recall"] ?? .nan) }, onlyTotal: true)
    return table
  }
}

extension MetricTable {
  /// Adds the means over parts of the body, over all joints, and the single joints.
  fileprivate mutating func add(_ metric: String, _ values: [Double], onlyTotal: Bool = false) {
    func mean(_ joints: some Sequence<Int>) -> Double {
      let defined = joints.map { values[$0] }.filter { !$0.isNaN }
      return defined.isEmpty ? .nan : defined.reduce(0, +) / Double(defined.count)
    }
    if !onlyTotal {
      for (part, joints) in [
        ("Head", [14, 12, 13]), ("Shou", [8, 9]), ("Elb", [7, 10]), ("Wri", [6, 11]), ("Hip", [2, 3]),
        ("Knee", [1, 4]),
        ("Ankl", [0, 5]),
      ] {
        self["\(metric).\(part)"] = mean(joints)
      }
    }
    self["\(metric).Total"] = mean(values.indices)
    if onlyTotal { return }
    for (joint, name) in PoseTrackFrame.jointNames.enumerated() { self["\(metric).\(name)"] = values[joint] }
  }
}
