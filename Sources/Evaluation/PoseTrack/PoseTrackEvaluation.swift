public import Files
public import Interchange

/// The PoseTrack benchmark (Andriluka et al., CVPR 2018): average precision of joints in frames and MOTA of joints in
/// videos, as poseval computes them.
///
/// The last labelled frame of a sequence does not count for MOTA, as in poseval; MOTP is the mean over the matches, not
/// what poseval prints, which counts candidate pairs as well.
public struct PoseTrackEvaluation: Sendable {
  public init() {}

  /// Percentages: AP, MOTA and MOTP, precision and recall of both. `AP.Total` is the mean over the 15 joints,
  /// `AP.Head` that of nose, head bottom and head top, `AP.Shou` and so on that of left and right; `AP.nose` and so on are
  /// those of single joints.
  public func callAsFunction(
    _ sequences: [(truth: PoseTrackFile, predictions: PoseTrackFile)]
  ) throws(FileError) -> MetricTable {
    var matchings: [[PoseTrackMatching]] = []
    var labelled = [Int](repeating: 0, count: PoseTrackFrame.jointNames.count)
    for sequence in sequences {
      let frames = try PoseTrackFrame.frames(truth: sequence.truth, predictions: sequence.predictions)
      for truth in frames.flatMap(\.truths) {
        for (joint, label) in truth.joints.enumerated() where label != nil { labelled[joint] += 1 }
      }
      matchings.append(frames.map(PoseTrackMatching.init))
    }
    var table = MetricTable()
    let curves = labelled.indices.map { joint in
      JointPrecision(matchings.flatMap { $0.flatMap { $0.labels(joint: joint) } }, labelled: labelled[joint])
    }
    table.add("AP", curves.map(\.average))
    table.add("AP.precision", curves.map(\.precision), onlyTotal: true)
    table.add("AP.recall", curves.map(\.recall), onlyTotal: true)
    let identities = labelled.indices.map { joint in
      IdentityEvaluation()(matchings.map { $0.dropLast().map { $0.identities(joint: joint) } })
    }
    table.add("MOTA", identities.map { 100 * ($0["mota"] ?? .nan) })
    table.add("MOTP", identities.map { 100 * (1 - ($0["motp"] ?? .nan)) }, onlyTotal: true)
    table.add("MOT.precision", identities.map { 100 * ($0["precision"] ?? .nan) }, onlyTotal: true)
    table.add("MOT.recall", identities.map { 100 * ($0["recall"] ?? .nan) }, onlyTotal: true)
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
