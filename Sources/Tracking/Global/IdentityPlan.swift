/// Who is who in a whole recording: what the second pass has decided, for every tracklet.
package struct IdentityPlan: Sendable {
  private struct Piece: Sendable {
    var firstFrame: Int
    var id: Int?
  }

  /// Of each track, in the order of time.
  private var pieces: [Int: [Piece]] = [:]
  package let peopleCount: Int
  /// The constraints that could not be met: their poses are not there, or are in two places at one time.
  package let unmet: [LinkConstraints.Pair]

  /// Links the tracklets of a recording under the constraints of the options.
  ///
  /// - Parameter people: How many people there are; nil where that is not known.
  package init(_ collector: TrackletCollector, options: SecondPassOptions, people: Int? = nil) {
    let tracklets = collector.tracklets
    var chains = Self.chains(collector, options, people)
    let selection = ChainSelection(collector, options: options)
    chains = selection.real(chains)
    if let people { chains = selection.mostPresent(people, of: chains) }
    var ids = [Int?](repeating: nil, count: tracklets.count)
    for (id, chain) in chains.enumerated() {
      for tracklet in chain { ids[tracklet] = id }
    }
    pieces = collector.ofTrack.mapValues { $0.map { Piece(firstFrame: tracklets[$0].firstFrame, id: ids[$0]) } }
    peopleCount = chains.count
    let isOne = { (pair: LinkConstraints.Pair) -> Bool? in
      guard let first = collector.named[pair.first], let second = collector.named[pair.second] else { return nil }
      return ids[first] == ids[second]
    }
    unmet =
      options.constraints.mustLinks.filter { isOne($0) != true }
      + options.constraints.cannotLinks.filter { isOne($0) != false }
  }

  /// The identity of a track in a frame; nil where it is nobody.
  package func id(of track: Int, in frame: Int) -> Int? {
    pieces[track]?.last { $0.firstFrame <= frame }?.id
  }

  private static func chains(
    _ collector: TrackletCollector, _ options: SecondPassOptions, _ people: Int?
  ) -> [[Int]] {
    let pairs = { (pairs: [LinkConstraints.Pair]) in
      pairs.compactMap { pair -> (Int, Int)? in
        guard let first = collector.named[pair.first], let second = collector.named[pair.second] else { return nil }
        return first == second ? nil : (first, second)
      }
    }
    let (must, cannot) = (pairs(options.constraints.mustLinks), pairs(options.constraints.cannotLinks))
    let selection = ChainSelection(collector, options: options)
    var limit = options.joinCost
    while true {
      var linking = TrackletChains(collector.tracklets, options: options)
      linking.solve(mustLinks: must, cannotLinks: cannot, limit: limit)
      let chains = linking.chains
      // With a known number of people joins may cost more, until no more than those are left.
      guard let people, selection.real(chains).count > people, limit < options.joinCost * 16 else {
        return chains
      }
      limit *= 2
    }
  }
}
