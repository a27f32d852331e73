/// Precision and recall over all images, as `accumulate` of pycocotools 2.0.
struct PrecisionRecall {
  /// For each threshold the precision at recall 0, 0.01 … 1; empty where nothing was to be found.
  var precision: [[Double]] = []
  /// For each threshold the recall reached.
  var recall: [Double] = []

  private static let recalls: [Double] = (0...100).map { Double($0) * 0.01 }

  /// - Parameter images: In the order of their ids, each with the scores of its detections, the best first.
  init(_ images: [(scores: [Double], matching: COCOMatching)]) {
    let expected = images.reduce(0) { $0 + $1.matching.expected }
    guard expected > 0 else { return }
    let scores = images.flatMap(\.scores)
    let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    for threshold in COCOMatching.thresholds.indices {
      let verdicts = images.flatMap { $0.matching.verdicts[threshold] }
      var (found, wrong) = (0.0, 0.0)
      var curve: [(recall: Double, precision: Double)] = []
      for index in order {
        if verdicts[index] == .found { found += 1 }
        if verdicts[index] == .wrong { wrong += 1 }
        curve.append((found / Double(expected), found / (found + wrong + Double.ulpOfOne)))
      }
      recall.append(curve.last?.recall ?? 0)
      for index in curve.indices.dropLast().reversed() {
        curve[index].precision = max(curve[index].precision, curve[index + 1].precision)
      }
      var index = 0
      precision.append(
        Self.recalls.map { wanted in
          while index < curve.count, curve[index].recall < wanted { index += 1 }
          return index < curve.count ? curve[index].precision : 0
        })
    }
  }

  /// Mean precision, at one threshold or over all; −1 where nothing was to be found.
  func averagePrecision(threshold: Int? = nil) -> Double {
    mean(threshold.map { precision.isEmpty ? [] : precision[$0] } ?? precision.flatMap(\.self))
  }

  /// Recall at one threshold or mean over all; −1 where nothing was to be found.
  func averageRecall(threshold: Int? = nil) -> Double {
    mean(threshold.map { recall.isEmpty ? [] : [recall[$0]] } ?? recall)
  }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? -1 : values.reduce(0, +) / Double(values.count)
  }
}
