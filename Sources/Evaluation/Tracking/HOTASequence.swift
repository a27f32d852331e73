internal import Pose

/// The HOTA of one sequence. Its frames are held until all are there, since who is matched depends on how well whole tracks
/// agree.
struct HOTASequence {
  private var frames: [IdentityFrame] = []
  private var truthCounts: [Int: Double] = [:]
  private var predictionCounts: [Int: Double] = [:]
  /// How much of the similarity between two tracks is theirs alone.
  private var potential: [IdentityBond: Double] = [:]

  mutating func add(_ frame: IdentityFrame) {
    frames.append(frame)
    for id in frame.truths { truthCounts[id, default: 0] += 1 }
    for id in frame.predictions { predictionCounts[id, default: 0] += 1 }
    var rows = [Double](repeating: 0, count: frame.truths.count)
    var columns = [Double](repeating: 0, count: frame.predictions.count)
    for pair in frame.pairs {
      rows[pair.truth] += pair.similarity
      columns[pair.prediction] += pair.similarity
    }
    for pair in frame.pairs {
      let union = rows[pair.truth] + columns[pair.prediction] - pair.similarity
      if union > Double.ulpOfOne { potential[frame.bond(pair), default: 0] += pair.similarity / union }
    }
  }

  /// The totals once all frames were added.
  func finished() -> HOTATotals {
    var totals = HOTATotals()
    var matched: [IdentityBond: [Double]] = [:]
    for frame in frames {
      let matches = matches(frame)
      for (level, limit) in HOTATotals.limits.enumerated() {
        let reaching = matches.filter { $0.similarity >= limit - Double.ulpOfOne }
        totals.matches[level] += Double(reaching.count)
        totals.misses[level] += Double(frame.truths.count - reaching.count)
        totals.falseAlarms[level] += Double(frame.predictions.count - reaching.count)
        for pair in reaching {
          totals.similarity[level] += pair.similarity
          matched[frame.bond(pair), default: Array(repeating: 0, count: HOTATotals.limits.count)][level] += 1
        }
      }
    }
    for (bond, counts) in matched {
      let (truth, prediction) = (truthCounts[bond.person, default: 0], predictionCounts[bond.id, default: 0])
      for (level, count) in counts.enumerated() {
        totals.association[level] += count * (count / max(1, truth + prediction - count))
        totals.associationRecall[level] += count * (count / max(1, truth))
        totals.associationPrecision[level] += count * (count / max(1, prediction))
      }
    }
    return totals
  }

  /// The pairs of most similarity, weighed by how well their tracks agree.
  private func matches(_ frame: IdentityFrame) -> [IdentityFrame.Pair] {
    let candidates = frame.pairs.compactMap { pair -> Assignment.Candidate? in
      let shared = potential[frame.bond(pair), default: 0]
      let union =
        truthCounts[frame.truths[pair.truth], default: 0]
        + predictionCounts[frame.predictions[pair.prediction], default: 0]
        - shared
      let score = shared / union * pair.similarity
      return score > 0 ? .init(row: pair.truth, column: pair.prediction, cost: -score) : nil
    }
    let chosen = Assignment.minimumCost(
      candidates, rows: frame.truths.count, columns: frame.predictions.count, alone: 0)
    return frame.pairs.filter { chosen[$0.truth] == $0.prediction }
  }
}
