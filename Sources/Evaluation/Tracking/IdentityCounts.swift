internal import Pose

/// What is counted over the frames of a sequence: CLEAR MOT (Bernardin and Stiefelhagen 2008) and, for IDF1, how often each
/// person was seen under each id. Grows with the number of identities, not of frames.
struct IdentityCounts {
  private let minimumSimilarity: Double
  private(set) var totals = IdentityTotals()
  /// The id under which each person was matched last.
  private var partner: [Int: Int] = [:]
  /// The person that each id was given to last, and the ids that were ever matched.
  private var owner: [Int: Int] = [:]
  private var matchedIDs: Set<Int> = []
  private var sightings: [Int: Sightings] = [:]
  private var identities = IdentityPairing()

  init(minimumSimilarity: Double) { self.minimumSimilarity = minimumSimilarity }

  /// Adds the next frame: who was matched keeps the match while it holds, the others are paired at least distance.
  mutating func add(_ frame: IdentityFrame) {
    let pairs = frame.pairs.filter { $0.similarity >= minimumSimilarity }
    identities.add(frame, pairs)
    totals.listedDistance += pairs.reduce(0) { $0 + 1 - $1.similarity }
    let matches = matches(frame, pairs)
    for (truth, id) in frame.truths.enumerated() {
      sightings[id, default: Sightings()].count(isMatched: matches[truth] != nil)
      guard let match = matches[truth] else { continue }
      count(id, frame.predictions[match.prediction], distance: 1 - match.similarity)
    }
    totals.objects += frame.truths.count
    totals.predictions += frame.predictions.count
  }

  /// Counts a match. py-motmetrics lists it once more where an id is new to a person, or another person's before.
  private mutating func count(_ person: Int, _ id: Int, distance: Double) {
    let old = partner.updateValue(id, forKey: person)
    totals.matches += 1
    totals.distance += distance
    var entries = 1
    if old != id {
      if old != nil {
        totals.switches += 1
        if !matchedIDs.contains(id) { entries += 1 }
      }
      if let other = owner.updateValue(person, forKey: id), other != person { entries += old == nil ? 2 : 1 }
    }
    matchedIDs.insert(id)
    totals.listedDistance += Double(entries) * distance
  }

  /// The totals once all frames were added.
  func finished() -> IdentityTotals {
    var totals = totals
    for person in sightings.values { totals.add(person) }
    totals.identityMatches = identities.matches
    return totals
  }

  /// The pair that each labelled person is matched by.
  private func matches(_ frame: IdentityFrame, _ pairs: [IdentityFrame.Pair]) -> [IdentityFrame.Pair?] {
    var result = [IdentityFrame.Pair?](repeating: nil, count: frame.truths.count)
    var isTaken = [Bool](repeating: false, count: frame.predictions.count)
    for pair in pairs where result[pair.truth] == nil && !isTaken[pair.prediction] {
      guard partner[frame.truths[pair.truth]] == frame.predictions[pair.prediction] else { continue }
      result[pair.truth] = pair
      isTaken[pair.prediction] = true
    }
    let open = pairs.filter { result[$0.truth] == nil && !isTaken[$0.prediction] }
    let chosen = Assignment.minimumCost(
      open.map { .init(row: $0.truth, column: $0.prediction, cost: 1 - $0.similarity) },
      rows: frame.truths.count, columns: frame.predictions.count, alone: Self.alone)
    for pair in open where chosen[pair.truth] == pair.prediction { result[pair.truth] = pair }
    return result
  }

  /// More than all pairs of a frame can cost together.
  private static let alone = 1e6
}

/// In which of the frames that have a person the person was matched.
struct Sightings {
  private var frames = 0
  private var matched = 0
  private var isInGap = false
  /// How often the person was lost after a match and matched again.
  private(set) var fragmentations = 0

  /// The share of frames with a match.
  var coverage: Double { Double(matched) / Double(frames) }

  mutating func count(isMatched: Bool) {
    frames += 1
    if isMatched {
      matched += 1
      if isInGap { fragmentations += 1 }
    }
    isInGap = !isMatched && matched > 0
  }
}
