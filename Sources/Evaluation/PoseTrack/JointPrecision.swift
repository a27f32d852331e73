/// Precision and recall of one kind of joint in percent, with the area under the whole monotone curve as average (PASCAL
/// VOC 2010).
struct JointPrecision {
  private(set) var average = 0.0
  private(set) var precision = 0.0
  private(set) var recall = 0.0
  /// The monotone curve, in shares.
  private(set) var points: [(recall: Double, precision: Double)] = []

  /// - Parameters:
  ///   - ranking: Whether each predicted joint is right.
  ///   - labelled: The number of labelled joints.
  init(_ ranking: inout Ranking<Bool>, labelled: Int) {
    guard labelled > 0 else { return }
    // The curve falls between two right joints: the precision at each of these is all that matters.
    var curve: [Double] = []
    var count = 0
    for isRight in ranking.ranked() {
      count += 1
      if isRight { curve.append(Double(curve.count + 1) / Double(count)) }
    }
    guard count > 0 else { return }
    precision = 100 * (Double(curve.count) / Double(count))
    recall = 100 * (Double(curve.count) / Double(labelled))
    for index in curve.indices.dropLast().reversed() { curve[index] = max(curve[index], curve[index + 1]) }
    var reached = 0.0
    for (index, precision) in curve.enumerated() {
      let recall = Double(index + 1) / Double(labelled)
      average += 100 * (recall - reached) * precision
      reached = recall
      points.append((recall, precision))
    }
  }
}
