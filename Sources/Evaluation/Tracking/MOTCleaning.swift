internal import Interchange
internal import Pose

/// What MOTChallenge leaves out before it evaluates a file of MOT16 and later: predictions that stand for what looks like a
/// pedestrian but is none, and then all labels but those of pedestrians who count.
struct MOTCleaning {
  private static let pedestrian = 1
  /// People on vehicles, static people, distractors, reflections.
  private static let distractors: Set<Int> = [2, 7, 8, 12]

  /// Labels and predictions of a frame that count.
  static func clean(_ truth: [MOTRow], _ predictions: [MOTRow]) -> (truth: [MOTRow], predictions: [MOTRow]) {
    let counting = truth.filter { $0.confidence != 0 && $0.category == pedestrian }
    guard truth.contains(where: { distractors.contains($0.category) }) else { return (counting, predictions) }
    let pairs = IdentityFrame.pairs(truth, predictions).filter {
      $0.similarity >= ClearSequence.limit - Double.ulpOfOne
    }
    let chosen = Assignment.minimumCost(
      pairs.map { .init(row: $0.truth, column: $0.prediction, cost: -$0.similarity) }, rows: truth.count,
      columns: predictions.count, alone: 0)
    let disturbed = Set(truth.indices.filter { distractors.contains(truth[$0].category) }.compactMap { chosen[$0] })
    return (counting, predictions.indices.filter { !disturbed.contains($0) }.map { predictions[$0] })
  }
}
