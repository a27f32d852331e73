package import Files
internal import Foundation
package import Interchange
internal import Pose

/// The HOTA of keypoints by which PoseTrack21 ranks (Döring et al., *PoseTrack21: A Dataset for Person Search, Multi-Object
/// Tracking and Multi-Person Pose Tracking*, CVPR 2022), as its kit computes it: each joint is tracked by itself.
///
/// As in the kit, a labelled frame without predictions counts as missing every joint of the whole sequence, and one without
/// labels as many false alarms.
package struct KeypointHOTA {
  /// Whether frames without people on one side count as the whole sequence; else as what is in them.
  private let countsWholeSequence: Bool
  private var joints = PoseTrackFrame.jointNames.map { _ in HOTATotals() }
  /// Of all joints together, of which the kit counts the means of a sequence by its matches.
  private var all = HOTATotals()

  package init(countsWholeSequence: Bool = true) { self.countsWholeSequence = countsWholeSequence }

  /// Adds a sequence.
  ///
  /// - Returns: Its own figures: those of the joints and their means.
  @discardableResult
  package mutating func add(truth: PoseTrackFile, predictions: PoseTrackFile) throws(FileError) -> MetricTable {
    var frames = try PoseTrackFrames(truth: truth, predictions: predictions, as: .poseTrack21)
    var sequences = joints.map { _ in JointSequence() }
    while let frame = try frames.next() {
      for joint in joints.indices {
        sequences[joint].add(
          JointFrame(frame, joint: joint), isEmpty: (frame.truths.isEmpty, frame.predictions.isEmpty))
      }
    }
    let totals = sequences.map { $0.finished(countsWholeSequence) }
    for joint in joints.indices { joints[joint].add(totals[joint]) }
    all.add(HOTATotals(meansOf: totals))
    let figures = totals.map(\.figures)
    return Self.table(figures) { name in figures.reduce(0) { $0 + $1.mean(name) } / Double(figures.count) }
  }

  /// Shares of all sequences: of all joints together, and of each.
  package var table: MetricTable {
    let total = all.figures
    return Self.table(joints.map(\.figures)) { total.mean($0) }
  }

  private static func table(_ joints: [HOTATotals.Figures], total: (String) -> Double) -> MetricTable {
    var table = MetricTable()
    for name in ["HOTA", "DetA", "AssA", "DetRe", "DetPr", "AssRe", "AssPr", "LocA", "FragA", "FA-HOTA"] {
      table[name] = total(name)
    }
    for (joint, name) in PoseTrackFrame.jointNames.enumerated() {
      for figure in ["HOTA", "DetA", "AssA", "LocA"] { table["\(name).\(figure)"] = joints[joint].mean(figure) }
    }
    return table
  }
}

extension HOTATotals {
  /// The sums of all joints, with the means over the joints for what is measured by the match.
  fileprivate init(meansOf joints: [HOTATotals]) {
    self.init()
    for joint in joints { add(joint) }
    let figures = joints.map(\.figures)
    func weighted(_ name: String) -> [Double] {
      matches.indices.map { level in
        matches[level] * figures.reduce(0) { $0 + $1[name][level] } / Double(figures.count)
      }
    }
    (association, associationRecall, associationPrecision) = (weighted("AssA"), weighted("AssRe"), weighted("AssPr"))
    (similarity, fragments) = (weighted("LocA"), weighted("FragA"))
  }
}

/// One kind of joint in a frame: the identities that have it, and how near they are.
private struct JointFrame {
  var truths: [Int] = []
  var predictions: [Int] = []
  /// By places in the lists.
  var pairs: [IdentityFrame.Pair] = []

  init(_ frame: PoseTrackFrame, joint: Int) {
    let labelled = frame.truths.filter { $0.joints[joint] != nil }
    let found = frame.predictions.filter { $0.joints[joint] != nil }
    truths = labelled.map { $0.trackID ?? -1 }
    predictions = found.map { $0.trackID ?? -1 }
    for (row, truth) in labelled.enumerated() {
      for (column, prediction) in found.enumerated() {
        guard let a = truth.joints[joint]?.point, let b = prediction.joints[joint]?.point else { continue }
        let similarity = max(-1 / 0.5001 * (hypot(a.x - b.x, a.y - b.y) / truth.headSize) + 1, 0)
        if similarity > 0 { pairs.append(.init(truth: row, prediction: column, similarity: similarity)) }
      }
    }
  }

  /// The pairs of most similarity in all.
  var matches: [IdentityFrame.Pair] {
    // Where nobody has several candidates, nothing is to be chosen.
    guard Set(pairs.map(\.truth)).count < pairs.count || Set(pairs.map(\.prediction)).count < pairs.count else {
      return pairs
    }
    let chosen = Assignment.minimumCost(
      pairs.map { .init(row: $0.truth, column: $0.prediction, cost: -$0.similarity) }, rows: truths.count,
      columns: predictions.count, alone: 0)
    return pairs.filter { chosen[$0.truth] == $0.prediction }
  }
}

/// One kind of joint in a sequence.
private struct JointSequence {
  private var totals = HOTATotals()
  private var truthCounts: [Int: Double] = [:]
  private var predictionCounts: [Int: Double] = [:]
  /// What frames without predictions hold of labels, and those without labels of predictions.
  private var missed = (frames: 0.0, joints: 0.0)
  private var alarmed = (frames: 0.0, joints: 0.0)
  private var levels = HOTATotals.limits.map { _ in Level() }

  mutating func add(_ frame: JointFrame, isEmpty: (truths: Bool, predictions: Bool)) {
    for id in frame.truths { truthCounts[id, default: 0] += 1 }
    for id in frame.predictions { predictionCounts[id, default: 0] += 1 }
    if isEmpty.truths {
      alarmed = (alarmed.frames + 1, alarmed.joints + Double(frame.predictions.count))
    } else if isEmpty.predictions {
      missed = (missed.frames + 1, missed.joints + Double(frame.truths.count))
    } else {
      count(frame)
    }
  }

  private mutating func count(_ frame: JointFrame) {
    let chosen = frame.matches
    for (level, limit) in HOTATotals.limits.enumerated() {
      let matches = chosen.filter { $0.similarity >= limit - Double.ulpOfOne }
      totals.matches[level] += Double(matches.count)
      totals.misses[level] += Double(frame.truths.count - matches.count)
      totals.falseAlarms[level] += Double(frame.predictions.count - matches.count)
      for pair in matches {
        totals.similarity[level] += pair.similarity
        levels[level].add(IdentityBond(person: frame.truths[pair.truth], id: frame.predictions[pair.prediction]))
      }
    }
  }

  func finished(_ countsWholeSequence: Bool) -> HOTATotals {
    var totals = totals
    let labelled = truthCounts.values.reduce(0, +)
    let predicted = predictionCounts.values.reduce(0, +)
    // A sequence without any predictions is no quirk: all of it is missed once.
    let isQuirky = countsWholeSequence && predicted > 0
    for level in HOTATotals.limits.indices {
      totals.misses[level] += isQuirky ? missed.frames * labelled : missed.joints
      totals.falseAlarms[level] += isQuirky ? alarmed.frames * predicted : alarmed.joints
      levels[level].sum(into: &totals, level, truthCounts, predictionCounts)
    }
    return totals
  }

  /// What was matched at one limit.
  private struct Level {
    private var last: [Int: Int] = [:]
    /// The lengths of the pieces in which a person was found under an id without another one in between.
    private var pieces: [IdentityBond: [Double]] = [:]

    mutating func add(_ bond: IdentityBond) {
      if last.updateValue(bond.id, forKey: bond.person) == bond.id, let count = pieces[bond]?.count {
        pieces[bond]?[count - 1] += 1
      } else {
        pieces[bond, default: []].append(1)
      }
    }

    func sum(into totals: inout HOTATotals, _ level: Int, _ truths: [Int: Double], _ predictions: [Int: Double]) {
      for (bond, lengths) in pieces {
        let count = lengths.reduce(0, +)
        let (truth, prediction) = (truths[bond.person, default: 0], predictions[bond.id, default: 0])
        let union = max(1, truth + prediction - count)
        totals.association[level] += count * (count / union)
        totals.associationRecall[level] += count * (count / max(1, truth))
        totals.associationPrecision[level] += count * (count / max(1, prediction))
        totals.fragments[level] += lengths.reduce(0) { $0 + $1 * $1 } / union
      }
    }
  }
}
