/// Precision and recall of one kind of joint in percent, with the area under the whole monotone curve as average (PASCAL
/// VOC 2010).
struct JointPrecision {
  var average = 0.0
  var precision = 0.0
  var recall = 0.0

  init(_ labels: [(score: Double, isRight: Bool)], labelled: Int) {
    guard !labels.isEmpty, labelled > 0 else { return }
    let order = labels.indices.sorted { (-labels[$0].score, $0) < (-labels[$1].score, $1) }
    var right = 0
    var curve: [(recall: Double, precision: Double)] = []
    for (rank, index) in order.enumerated() {
      if labels[index].isRight { right += 1 }
      curve.append((Double(right) / Double(labelled), Double(right) / Double(rank + 1)))
    }
    precision = 100 * (curve.last?.precision ?? 0)
    recall = 100 * (curve.last?.recall ?? 0)
    for index in curve.indices.dropLast().reversed() {
      curve[index].precision = max(curve[index].precision, curve[index + 1].precision)
    }
    var reached = 0.0
    for (recall, precision) in curve where recall > reached {
      average += 100 * (recall - reached) * precision
      reached = recall
    }
  }
}
