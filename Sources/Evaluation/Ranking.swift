/// Outcomes in the order of falling scores, equal scores in the order in which they were added.
///
/// Each distinct score is held once, so that what files with rounded scores hold of hours of a crowd takes little more than
/// the outcomes themselves.
struct Ranking<Outcome> {
  /// Distinct and falling, each with the number of outcomes that have it.
  private var scores: [(score: Double, count: Int32)] = []
  private var outcomes: [Outcome] = []
  /// Not yet sorted in.
  private var recent: [(score: Double, outcome: Outcome)] = []
  private static var chunk: Int { 1 << 15 }

  mutating func append(_ outcome: Outcome, score: Double) {
    recent.append((score, outcome))
    if recent.count >= max(Self.chunk, outcomes.count / 8) { sortIn() }
  }

  /// All outcomes, that of the best score first.
  mutating func ranked() -> [Outcome] {
    sortIn()
    return outcomes
  }

  private mutating func sortIn() {
    guard !recent.isEmpty else { return }
    let order = recent.indices.sorted { (-recent[$0].score, $0) < (-recent[$1].score, $1) }
    var merged = Ranking()
    merged.outcomes.reserveCapacity(outcomes.count + recent.count)
    var (old, next) = (0, 0)
    for (score, count) in scores {
      while next < order.count, recent[order[next]].score > score {
        merged.add(recent[order[next]].outcome, score: recent[order[next]].score)
        next += 1
      }
      for outcome in outcomes[old..<old + Int(count)] { merged.add(outcome, score: score) }
      old += Int(count)
    }
    while next < order.count {
      merged.add(recent[order[next]].outcome, score: recent[order[next]].score)
      next += 1
    }
    (scores, outcomes) = (merged.scores, merged.outcomes)
    recent.removeAll(keepingCapacity: true)
  }

  /// Adds an outcome after all others; its score is no higher.
  private mutating func add(_ outcome: Outcome, score: Double) {
    if let last = scores.last, last.score == score, last.count < .max {
      scores[scores.count - 1].count += 1
    } else {
      scores.append((score, 1))
    }
    outcomes.append(outcome)
  }
}
