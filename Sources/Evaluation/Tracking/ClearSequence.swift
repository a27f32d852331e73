internal import Pose

/// The CLEAR MOT of one sequence as TrackEval counts it: who was matched in the labelled frame before is matched again where
/// that is possible, all others by most similarity.
struct ClearSequence {
  static let limit = 0.5

  private(set) var totals = ClearTotals()
  /// The id under which each person was matched last, and in the frame before.
  private var last: [Int: Int] = [:]
  private var before: [Int: Int] = [:]
  private var people: [Int: Person] = [:]

  private struct Person {
    var frames = 0
    var matched = 0
    /// How often it began to be found.
    var starts = 0
  }

  /// Adds the next frame.
  ///
  /// - Returns: The pair that each person labelled was matched by.
  @discardableResult
  mutating func add(_ frame: IdentityFrame) -> [IdentityFrame.Pair?] {
    totals.objects += frame.truths.count
    totals.predictions += frame.predictions.count
    for id in frame.truths { people[id, default: Person()].frames += 1 }
    let nobody = [IdentityFrame.Pair?](repeating: nil, count: frame.truths.count)
    // A frame without labels or without predictions leaves what was before as it is.
    guard !frame.truths.isEmpty, !frame.predictions.isEmpty else { return nobody }
    let matches = matches(frame)
    var now: [Int: Int] = [:]
    for (truth, id) in frame.truths.enumerated() {
      guard let match = matches[truth] else { continue }
      let found = frame.predictions[match.prediction]
      if let old = last[id], old != found { totals.switches += 1 }
      last[id] = found
      now[id] = found
      people[id]?.matched += 1
      if before[id] == nil { people[id]?.starts += 1 }
      totals.matches += 1
      totals.similarity += match.similarity
    }
    before = now
    return matches
  }

  private func matches(_ frame: IdentityFrame) -> [IdentityFrame.Pair?] {
    let candidates = frame.pairs.filter { $0.similarity >= Self.limit - Double.ulpOfOne }
    let chosen = Assignment.minimumCost(
      candidates.map { pair in
        let isSame = before[frame.truths[pair.truth]] == frame.predictions[pair.prediction]
        return .init(row: pair.truth, column: pair.prediction, cost: -(isSame ? 1000 : 0) - pair.similarity)
      }, rows: frame.truths.count, columns: frame.predictions.count, alone: 0)
    var matches = [IdentityFrame.Pair?](repeating: nil, count: frame.truths.count)
    for pair in candidates where chosen[pair.truth] == pair.prediction { matches[pair.truth] = pair }
    return matches
  }

  /// The totals once all frames were added.
  func finished() -> ClearTotals {
    var totals = totals
    for person in people.values {
      let share = Double(person.matched) / Double(person.frames)
      if share > 0.8 {
        totals.mostlyTracked += 1
      } else if share >= 0.2 {
        totals.partlyTracked += 1
      } else {
        totals.mostlyLost += 1
      }
      totals.fragmentations += max(0, person.starts - 1)
    }
    return totals
  }
}

/// What CLEAR MOT sums up over sequences.
struct ClearTotals: Sendable {
  var objects = 0
  var predictions = 0
  var matches = 0
  var switches = 0
  var similarity = 0.0
  var fragmentations = 0
  var mostlyTracked = 0
  var partlyTracked = 0
  var mostlyLost = 0

  mutating func add(_ other: ClearTotals) {
    objects += other.objects
    predictions += other.predictions
    matches += other.matches
    switches += other.switches
    similarity += other.similarity
    fragmentations += other.fragmentations
    mostlyTracked += other.mostlyTracked
    partlyTracked += other.partlyTracked
    mostlyLost += other.mostlyLost
  }
}
