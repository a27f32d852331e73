internal import Pose

/// The pairs of a frame, found in several rounds: whoever has a partner keeps it.
struct Matching {
  private let table: SimilarityTable
  private let linking: TrackerOptions.Linking
  private(set) var trackOfSighting: [Int?]
  /// How much better each pair is than its next best rival, by what it was paired by.
  private(set) var margins: [Double?]
  private var isTaken: [Bool]
  /// How many pairs there are, and how many of them have other colours.
  private(set) var count = 0
  private(set) var strangers = 0

  init(_ table: SimilarityTable, sightings: Int, tracks: Int, linking: TrackerOptions.Linking) {
    self.table = table
    self.linking = linking
    trackOfSighting = Array(repeating: nil, count: sightings)
    margins = Array(repeating: nil, count: sightings)
    isTaken = Array(repeating: false, count: tracks)
  }

  /// No pairs.
  init(sightings: Int) {
    self.init(SimilarityTable(), sightings: sightings, tracks: 0, linking: .hungarian)
  }

  /// Pairs tracks and sightings without a partner.
  ///
  /// - Parameters:
  ///   - clear: Which of the table's entries may be paired; nil for all.
  ///   - mayPair: Which of them this round is about.
  mutating func pair(
    by measure: KeyPath<SimilarityTable.Entry, Double>, atLeast gate: Double, where clear: [Bool]? = nil,
    _ mayPair: (SimilarityTable.Entry) -> Bool
  ) {
    let open = table.entries.indices.filter { index in
      let entry = table.entries[index]
      return !isTaken[entry.track] && trackOfSighting[entry.sighting] == nil && entry[keyPath: measure] >= gate
        && clear?[index] ?? true && mayPair(entry)
    }.map { table.entries[$0] }
    for entry in chosen(open, by: measure) {
      margins[entry.sighting] = table.margin(of: entry, by: measure)
      trackOfSighting[entry.sighting] = entry.track
      isTaken[entry.track] = true
      count += 1
      if entry.isStranger { strangers += 1 }
    }
  }

  private func chosen(
    _ open: [SimilarityTable.Entry], by measure: KeyPath<SimilarityTable.Entry, Double>
  ) -> [SimilarityTable.Entry] {
    switch linking {
    case .greedy:
      var (tracks, sightings): (Set<Int>, Set<Int>) = ([], [])
      return open.enumerated().sorted {
        (-$0.element[keyPath: measure], $0.offset) < (-$1.element[keyPath: measure], $1.offset)
      }
      .map(\.element).filter { entry in
        guard !tracks.contains(entry.track), !sightings.contains(entry.sighting) else { return false }
        tracks.insert(entry.track)
        sightings.insert(entry.sighting)
        return true
      }
    case .hungarian:
      let pairs = Assignment.minimumCost(
        open.map { .init(row: $0.track, column: $0.sighting, cost: -$0[keyPath: measure]) }, rows: isTaken.count,
        columns: trackOfSighting.count, alone: 0)
      return open.filter { pairs[$0.track] == $0.sighting }
    }
  }
}
