/// Precision and recall over all images, as `accumulate` of pycocotools 2.0.
struct PrecisionRecall {
  private var ranking = Ranking<COCOMatching.Verdicts>()
  private var expected = 0

  private static let recalls: [Double] = (0...100).map { Double($0) * 0.01 }

  /// Adds an image; images come in the order of their ids.
  ///
  /// - Parameter scores: Of its detections, the best first.
  mutating func add(_ matching: COCOMatching, scores: [Double]) {
    expected += matching.expected
    for (verdicts, score) in zip(matching.verdicts, scores) { ranking.append(verdicts, score: score) }
  }

  /// The curves over what was added.
  mutating func curves() -> Curves {
    var curves = Curves()
    guard expected > 0 else { return curves }
    let levels = COCOMatching.thresholds.indices
    var tallies = levels.map { _ in Tally(expected: Double(expected)) }
    for verdicts in ranking.ranked() {
      for level in levels { tallies[level].count(verdicts[level]) }
    }
    for tally in tallies {
      curves.recall.append(tally.recall)
      curves.precision.append(tally.envelope)
    }
    return curves
  }

  struct Curves {
    /// For each threshold the precision at recall 0, 0.01 … 1; empty where nothing was to be found.
    var precision: [[Double]] = []
    /// For each threshold the recall reached.
    var recall: [Double] = []

    /// Mean precision, at one threshold or over all; −1 where nothing was to be found.
    func averagePrecision(threshold: Int? = nil) -> Double {
      mean(threshold.map { precision.isEmpty ? [] : precision[$0] } ?? precision.flatMap(\.self))
    }

    /// Recall at one threshold or mean over all; −1 where nothing was to be found.
    func averageRecall(threshold: Int? = nil) -> Double {
      mean(threshold.map { recall.isEmpty ? [] : [recall[$0]] } ?? recall)
    }

    /// Precision over recall: at two thresholds and the mean over all, for pictures.
    var lines: [(name: String, points: [(recall: Double, precision: Double)])] {
      guard !precision.isEmpty else { return [] }
      func points(_ values: [Double]) -> [(recall: Double, precision: Double)] {
        Array(zip(PrecisionRecall.recalls, values))
      }
      let mean = precision[0].indices.map { place in
        precision.reduce(0) { $0 + $1[place] } / Double(precision.count)
      }
      return [("0.50", points(precision[0])), ("0.75", points(precision[5])), ("mean", points(mean))]
    }

    private func mean(_ values: [Double]) -> Double {
      values.isEmpty ? -1 : values.reduce(0, +) / Double(values.count)
    }
  }

  /// The curve at one threshold, of which only the highest precision between two of the recalls asked for is kept.
  private struct Tally {
    let expected: Double
    var found = 0.0
    var wrong = 0.0
    /// The number of recalls that have been reached, and the highest precision from each on up to the next.
    var reached = 0
    var highest = [Double](repeating: 0, count: recalls.count)

    init(expected: Double) { self.expected = expected }

    var recall: Double { found / expected }

    mutating func count(_ verdict: COCOMatching.Verdict) {
      switch verdict {
      case .found: found += 1
      case .wrong: wrong += 1
      case .ignored: break
      }
      let precision = found / (found + wrong + Double.ulpOfOne)
      while reached < recalls.count, recalls[reached] <= recall { reached += 1 }
      if reached > 0 { highest[reached - 1] = max(highest[reached - 1], precision) }
    }

    /// The highest precision at each recall or beyond.
    var envelope: [Double] {
      var result = highest
      for index in result.indices.dropLast().reversed() { result[index] = max(result[index], result[index + 1]) }
      return result
    }
  }
}
