internal import Pose

/// What every pose of a frame has in common with every track near it.
struct SimilarityTable {
  struct Entry {
    var track: Int
    var sighting: Int
    var overlap: Double
    var proximity: Double
    /// Whether the colours of a pose in plain view say that it is somebody else.
    var isStranger: Bool
  }

  /// In the order of the tracks, then of the sightings; all other pairs have nothing in common.
  private(set) var entries: [Entry] = []
  private var entriesOfTrack: [[Int]]
  private var entriesOfSighting: [[Int]]

  /// Of nobody.
  init() { (entriesOfTrack, entriesOfSighting) = ([], []) }

  /// - Parameter width: Of the picture; nil where it is not known.
  init(
    _ tracks: [Track], _ predicted: [Pose], _ sightings: [Sighting], _ similarity: TrackSimilarity, width: Int?,
    usesColours: Bool
  ) {
    entriesOfTrack = Array(repeating: [], count: tracks.count)
    entriesOfSighting = Array(repeating: [], count: sightings.count)
    let found = sightings.map(\.pose.box)
    let near = tracks.indices.map { track in
      let (box, deviation) = (predicted[track].box, tracks[track].motion.deviation)
      return found.indices.filter { TrackSimilarity.isNear(box, deviation, found[$0]) }
    }
    let looks = usesColours ? LookTable(tracks, predicted, sightings, near) : nil
    for track in tracks.indices {
      let hasLeft = width.map { similarity.hasLeft(tracks[track], predicted[track].box, width: Double($0)) } ?? false
      for (order, sighting) in near[track].enumerated() {
        let likeness = looks?.likeness(tracks[track], sightings[sighting], (track, order, sighting))
        if hasLeft, likeness == nil { continue }
        let value = similarity.measure(tracks[track], predicted[track], sightings[sighting], likeness: likeness ?? 1)
        entriesOfTrack[track].append(entries.count)
        entriesOfSighting[sighting].append(entries.count)
        entries.append(
          Entry(
            track: track, sighting: sighting, overlap: value.overlap, proximity: value.proximity,
            isStranger: likeness == 0 && sightings[sighting].isClear))
      }
    }
  }

  /// How much better a pair is than any other of its track or its pose, by one measure, 0…1.
  func margin(of pair: Entry, by measure: KeyPath<Entry, Double>) -> Double {
    let rival = (entriesOfTrack[pair.track] + entriesOfSighting[pair.sighting]).reduce(0.0) { best, index in
      let other = entries[index]
      let isItself = other.track == pair.track && other.sighting == pair.sighting
      return isItself ? best : max(best, other[keyPath: measure])
    }
    return min(1, max(0, pair[keyPath: measure] - rival))
  }

  /// Whether each entry's proximity is that many times the best of any other pair of its track or its pose, among the
  /// tracks that count.
  func isClear(_ times: Double, among counts: (Int) -> Bool) -> [Bool] {
    var ofTrack = [Best](repeating: Best(), count: entriesOfTrack.count)
    var ofSighting = [Best](repeating: Best(), count: entriesOfSighting.count)
    for (index, entry) in entries.enumerated() where counts(entry.track) {
      ofTrack[entry.track].add(entry.proximity, index)
      ofSighting[entry.sighting].add(entry.proximity, index)
    }
    return entries.enumerated().map { index, entry in
      entry.proximity
        >= times * max(ofTrack[entry.track].without(index), ofSighting[entry.sighting].without(index))
    }
  }
}

/// The two best of some numbers.
private struct Best {
  private var first = (value: 0.0, index: -1)
  private var second = 0.0

  mutating func add(_ value: Double, _ index: Int) {
    if value > first.value {
      second = first.value
      first = (value, index)
    } else {
      second = max(second, value)
    }
  }

  /// The best of the others.
  func without(_ index: Int) -> Double { index == first.index ? second : first.value }
}
