/// Which chains of tracklets are people: neither too short, nor ghosts, nor the same person twice.
struct ChainSelection {
  private let collector: TrackletCollector
  private let options: SecondPassOptions
  /// What constraints speak of is somebody.
  private let named: Set<Int>

  init(_ collector: TrackletCollector, options: SecondPassOptions) {
    self.collector = collector
    self.options = options
    named = Set(collector.named.values)
  }

  func real(_ chains: [[Int]]) -> [[Int]] {
    let long = chains.filter { chain in
      let count = count(chain)
      let score = chain.reduce(0) { $0 + collector.tracklets[$1].meanScore * Double(collector.tracklets[$1].count) }
      if chain.contains(where: { named.contains($0) }) { return true }
      return isAtBorder(chain)
        || count >= options.minimumFrames && seconds(chain) >= options.minimumSeconds
          && (score >= options.ghostScore * Double(count) || count >= options.ghostFrames)
          && Double(count) >= Self.seenShare * Double(chain.reduce(0) { $0 + collector.tracklets[$1].span })
    }
    return withoutRepeats(long)
  }

  /// Who is there in the first frame of a shot is believed, as it is frame by frame, and who is there in the last one where no pose
  /// of the person was weak.
  private func isAtBorder(_ chain: [Int]) -> Bool {
    guard let first = chain.first, let last = chain.last else { return false }
    let tracklets = collector.tracklets
    return tracklets[first].firstFrame == collector.shots[tracklets[first].shot].first
      || tracklets[last].lastFrame == collector.shots[tracklets[last].shot].last
        && chain.allSatisfy { tracklets[$0].lowestScore >= TrackerOptions.certainScore }
  }

  /// The `people` seen in most frames; of those seen equally often, who came first.
  func mostPresent(_ people: Int, of chains: [[Int]]) -> [[Int]] {
    let ranked = chains.indices.sorted { (-count(chains[$0]), $0) < (-count(chains[$1]), $1) }
    let kept = Set(ranked.prefix(max(0, people)))
    return chains.indices.filter { kept.contains($0) }.map { chains[$0] }
  }

  /// Without those who lie over another, longer one in most of their frames.
  private func withoutRepeats(_ chains: [[Int]]) -> [[Int]] {
    var chainOf: [Int: Int] = [:]
    for (number, chain) in chains.enumerated() {
      for tracklet in chain { chainOf[tracklet] = number }
    }
    var shared: [TrackletCollector.Overlap: Int] = [:]
    for (pair, frames) in collector.overlaps {
      guard let first = chainOf[pair.first], let second = chainOf[pair.second], first != second,
        !named.contains(pair.first), !named.contains(pair.second)
      else { continue }
      shared[.init(first: min(first, second), second: max(first, second)), default: 0] += frames
    }
    var dropped: Set<Int> = []
    for (pair, frames) in shared {
      let counts = (count(chains[pair.first]), count(chains[pair.second]))
      guard Double(frames) >= Self.repeatShare * Double(min(counts.0, counts.1)) else { continue }
      dropped.insert(counts.0 < counts.1 ? pair.first : pair.second)
    }
    return chains.indices.filter { !dropped.contains($0) }.map { chains[$0] }
  }

  private func seconds(_ chain: [Int]) -> Double {
    guard let first = chain.first, let last = chain.last else { return 0 }
    return collector.tracklets[last].lastTime - collector.tracklets[first].firstTime
  }

  private func count(_ chain: [Int]) -> Int { chain.reduce(0) { $0 + collector.tracklets[$1].count } }

  private static let repeatShare = 0.6
  /// Of the frames of a tracklet, how many must have the person: false boxes are scattered.
  private static let seenShare = 0.3
}
