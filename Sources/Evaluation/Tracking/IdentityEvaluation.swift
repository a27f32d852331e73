/// Whether people keep their identities: CLEAR MOT (Bernardin and Stiefelhagen 2008) and IDF1 (Ristani et al., ECCV
/// workshops 2016), as py-motmetrics 1.4 counts them. Frames are added one by one.
package struct IdentityEvaluation {
  private let minimumSimilarity: Double
  private var current: IdentityCounts
  private var finished = IdentityTotals()

  /// - Parameter minimumSimilarity: Pairs less similar than this are never matched.
  package init(minimumSimilarity: Double = 0.5) {
    self.minimumSimilarity = minimumSimilarity
    current = IdentityCounts(minimumSimilarity: minimumSimilarity)
  }

  /// Adds the next frame of the sequence.
  package mutating func add(_ frame: IdentityFrame) { current.add(frame) }

  /// Ends the sequence; the ids of the next one are its own.
  package mutating func endSequence() {
    finished.add(current.finished())
    current = IdentityCounts(minimumSimilarity: minimumSimilarity)
  }

  /// mota, motp (mean distance 1 − similarity of the matches), idf1, idp, idr, recall, precision, and counts:
  /// num_switches, num_fragmentations, num_misses, num_false_positives, num_matches, num_objects, num_predictions,
  /// mostly_tracked, mostly_lost, num_unique_objects, over all frames added.
  package var table: MetricTable { totals.table }

  var totals: IdentityTotals {
    var totals = finished
    totals.add(current.finished())
    return totals
  }
}
