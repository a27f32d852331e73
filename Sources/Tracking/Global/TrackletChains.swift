internal import Pose

/// Joins tracklets into people: every tracklet has one before and one after it at most, so that the joins of the whole
/// recording together cost least.
///
/// This is the assignment form of the network flow of Zhang et al. (CVPR 2008), solved twice: the second time with the colours
/// of whole people instead of tracklets. What must be joined is joined whatever it costs; what can't be is cut where the
/// join is dearest.
struct TrackletChains {
  private let tracklets: [Tracklet]
  private let affinity: TrackletAffinity
  private var forced: [Int: Int] = [:]
  private var forbidden: Set<[Int]> = []
  private var looks: [AppearanceMemory]
  /// What follows each tracklet, and what the join cost.
  private(set) var next: [(tracklet: Int, cost: Double)?]

  init(_ tracklets: [Tracklet], options: SecondPassOptions) {
    self.tracklets = tracklets
    affinity = TrackletAffinity(options: options)
    looks = tracklets.map(\.look)
    next = Array(repeating: nil, count: tracklets.count)
    span = max(options.lookGap, options.motionGap)
    // Tracks that are seen for a moment only are joined with nobody: enough of them would make a person.
    let counts = tracklets.reduce(into: [:]) { $0[$1.track, default: 0] += $1.count }
    isSomebody = tracklets.map { counts[$0.track, default: 0] >= options.minimumFrames }
  }

  private let isSomebody: [Bool]

  private let span: Double

  /// - Parameters:
  ///   - mustLinks: Pairs of tracklets that are one person's.
  ///   - limit: What a join may cost.
  mutating func solve(mustLinks: [(Int, Int)], cannotLinks: [(Int, Int)], limit: Double) {
    force(mustLinks)
    for _ in 0..<2 {
      assign(limit)
      while true {
        let joins = forbiddenJoins(cannotLinks)
        if joins.isEmpty { break }
        forbidden.formUnion(joins)
        assign(limit)
      }
      shareLooks()
    }
  }

  /// The chains, each in the order of time, in the order in which they begin.
  var chains: [[Int]] {
    let followers = Set(next.compactMap { $0?.tracklet })
    return order.filter { !followers.contains($0) }.map { start in
      Array(sequence(first: start) { next[$0]?.tracklet })
    }
  }

  private var order: [Int] {
    tracklets.indices.sorted {
      (tracklets[$0].firstFrame, tracklets[$0].track, $0) < (tracklets[$1].firstFrame, tracklets[$1].track, $1)
    }
  }

  private mutating func assign(_ limit: Double) {
    next = Array(repeating: nil, count: tracklets.count)
    let order = order
    let starts = order.map { tracklets[$0].firstFrame }
    let followers = Set(forced.values)
    var candidates: [Assignment.Candidate] = []
    for first in tracklets.indices where forced[first] == nil && isSomebody[first] {
      // The first that begins after this one ends.
      var place = starts.partitioningIndex { $0 > tracklets[first].lastFrame }
      while place < order.count, tracklets[order[place]].firstTime - tracklets[first].lastTime <= span {
        let second = order[place]
        place += 1
        guard isSomebody[second], !followers.contains(second), !forbidden.contains([first, second]) else { continue }
        if let cost = affinity.cost(tracklets[first], tracklets[second], looks: (looks[first], looks[second])),
          cost < limit
        {
          candidates.append(.init(row: first, column: second, cost: cost - limit))
        }
      }
    }
    let pairs = Assignment.minimumCost(candidates, rows: tracklets.count, columns: tracklets.count, alone: 0)
    for candidate in candidates where pairs[candidate.row] == candidate.column {
      next[candidate.row] = (candidate.column, candidate.cost + limit)
    }
    for (first, second) in forced { next[first] = (second, 0) }
  }

  private mutating func shareLooks() {
    for chain in chains {
      var look = AppearanceMemory()
      for tracklet in chain { look.add(tracklets[tracklet].look) }
      for tracklet in chain { looks[tracklet] = look }
    }
  }

  /// Every group of tracklets that must be one person's becomes one run of joins; what overlaps in time can't.
  private mutating func force(_ pairs: [(Int, Int)]) {
    var group = Array(tracklets.indices)
    for (first, second) in pairs {
      let (a, b) = (group[first], group[second])
      for index in group.indices where group[index] == b { group[index] = a }
    }
    let groups = Dictionary(grouping: Set(pairs.flatMap { [$0.0, $0.1] }), by: { group[$0] })
    for members in groups.values {
      let sorted = members.sorted { (tracklets[$0].firstFrame, $0) < (tracklets[$1].firstFrame, $1) }
      for (first, second) in zip(sorted, sorted.dropFirst())
      where tracklets[first].lastFrame < tracklets[second].firstFrame { forced[first] = second }
    }
  }

  /// Of every chain the dearest join between two tracklets that can't be one person's, or do not look it, unless it must be.
  private func forbiddenJoins(_ pairs: [(Int, Int)]) -> [[Int]] {
    chains.compactMap { chain in
      guard chain.count > 1 else { return nil }
      let places = Dictionary(uniqueKeysWithValues: chain.enumerated().map { ($1, $0) })
      let told = pairs.compactMap { first, second -> Range<Int>? in
        guard let a = places[first], let b = places[second], a != b else { return nil }
        return min(a, b)..<max(a, b)
      }
      for range in told + strangers(chain) {
        let joins = range.filter { forced[chain[$0]] == nil }
        if let dearest = joins.max(by: { (next[chain[$0]]?.cost ?? 0) < (next[chain[$1]]?.cost ?? 0) }) {
          return [chain[dearest], chain[dearest + 1]]
        }
      }
      return nil
    }
  }

  /// Where a chain has other clothes than it had before, whatever lies between of which the clothes are not known.
  private func strangers(_ chain: [Int]) -> [Range<Int>] {
    var (result, last): ([Range<Int>], Int?) = ([], nil)
    for (place, tracklet) in chain.enumerated() where affinity.knowsLook(tracklets[tracklet].look) {
      if let last, affinity.differ(tracklets[chain[last]].look, tracklets[tracklet].look) {
        result.append(last..<place)
      }
      last = place
    }
    return result
  }
}

extension [Int] {
  /// The place of the first element that fulfils what all after it fulfil, too.
  fileprivate func partitioningIndex(_ isAfter: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
