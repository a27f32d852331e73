internal import Pose

/// How often each person was seen under each id, for IDF1 (Ristani et al., ECCV workshops 2016).
struct IdentityPairing {
  private var shared: [IdentityBond: Int] = [:]

  /// Counts the pairs of a frame that are similar enough.
  mutating func add(_ frame: IdentityFrame, _ pairs: [IdentityFrame.Pair]) {
    for pair in pairs { shared[frame.bond(pair), default: 0] += 1 }
  }

  /// In how many sightings people bear the one id that fits them best, each id standing for one person.
  var matches: Int {
    let people = Set(shared.keys.map(\.person)).sorted()
    let ids = Set(shared.keys.map(\.id)).sorted()
    let row = Dictionary(uniqueKeysWithValues: people.enumerated().map { ($1, $0) })
    let column = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let candidates = shared.compactMap { bond, count -> Assignment.Candidate? in
      guard let row = row[bond.person], let column = column[bond.id] else { return nil }
      return .init(row: row, column: column, cost: -Double(count))
    }
    let chosen = Assignment.minimumCost(candidates, rows: people.count, columns: ids.count, alone: 0)
    return zip(people, chosen).reduce(0) { sum, pair in
      sum + (pair.1.flatMap { shared[IdentityBond(person: pair.0, id: ids[$0])] } ?? 0)
    }
  }
}
