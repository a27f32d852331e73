internal import Pose

/// Whether people keep their identities: CLEAR MOT (Bernardin and Stiefelhagen 2008) and IDF1 (Ristani et al., ECCV
/// workshops 2016), as py-motmetrics 1.4 counts them.
public struct IdentityEvaluation: Sendable {
  /// Pairs less similar than this are never matched.
  public var minimumSimilarity = 0.5

  public init() {}

  /// mota, motp (mean distance 1 − similarity of the matches), idf1, idp, idr, recall, precision, and counts:
  /// num_switches, num_fragmentations, num_misses, num_false_positives, num_matches, num_objects, num_predictions,
  /// mostly_tracked, mostly_lost, num_unique_objects. Sequences are counted together; their ids are their own.
  public func callAsFunction(_ sequences: [[IdentityFrame]]) -> MetricTable {
    var counts = IdentityCounts()
    for frames in sequences {
      counts.add(clear(frames))
      counts.identityMatches += identityMatches(frames)
    }
    return counts.table
  }

  public func callAsFunction(_ frames: [IdentityFrame]) -> MetricTable { self([frames]) }

  /// Frame by frame: who was matched keeps the match while it holds, the others are paired at least distance.
  private func clear(_ frames: [IdentityFrame]) -> IdentityCounts {
    var counts = IdentityCounts()
    var partner: [Int: Int] = [:]
    var history: [Int: [Bool]] = [:]
    for frame in frames {
      let matches = matches(frame, keeping: partner)
      for (truth, id) in frame.truths.enumerated() {
        history[id, default: []].append(matches[truth] != nil)
        guard let prediction = matches[truth] else { continue }
        let found = frame.predictions[prediction]
        if let old = partner[id], old != found { counts.switches += 1 }
        partner[id] = found
        counts.matches += 1
        counts.distance += 1 - frame.similarity[truth][prediction]
      }
      counts.objects += frame.truths.count
      counts.predictions += frame.predictions.count
    }
    for seen in history.values {
      counts.add(trackCoverage: Double(seen.count { $0 }) / Double(seen.count))
      counts.fragmentations += fragmentations(seen)
    }
    return counts
  }

  /// The prediction of each labelled person.
  private func matches(_ frame: IdentityFrame, keeping partner: [Int: Int]) -> [Int?] {
    var result = [Int?](repeating: nil, count: frame.truths.count)
    var free = Set(frame.predictions.indices)
    for (truth, id) in frame.truths.enumerated() {
      guard let old = partner[id], let prediction = frame.predictions.firstIndex(of: old), free.contains(prediction),
        frame.similarity[truth][prediction] >= minimumSimilarity
      else { continue }
      result[truth] = prediction
      free.remove(prediction)
    }
    let open = result.indices.filter { result[$0] == nil }
    let rest = free.sorted()
    let costs = open.map { truth in
      rest.map { prediction in
        let similarity = frame.similarity[truth][prediction]
        return similarity >= minimumSimilarity ? 1 - similarity : Self.forbidden
      }
    }
    for (truth, place) in zip(open, Assignment.minimumCost(costs)) {
      guard let place, frame.similarity[truth][rest[place]] >= minimumSimilarity else { continue }
      result[truth] = rest[place]
    }
    return result
  }

  /// More than all allowed pairs of a frame can cost together.
  private static let forbidden = 1e4

  /// How often a person who was being followed was lost and found again.
  private func fragmentations(_ seen: [Bool]) -> Int {
    guard let first = seen.firstIndex(of: true), let last = seen.lastIndex(of: true) else { return 0 }
    let span = seen[first...last]
    return zip(span, span.dropFirst()).count { $0 && !$1 }
  }

  /// In how many sightings people bear the one id that fits them best, each id standing for one person.
  private func identityMatches(_ frames: [IdentityFrame]) -> Int {
    var shared: [Int: [Int: Int]] = [:]
    for frame in frames {
      for (truth, id) in frame.truths.enumerated() {
        for (prediction, other) in frame.predictions.enumerated()
        where frame.similarity[truth][prediction] >= minimumSimilarity {
          shared[id, default: [:]][other, default: 0] += 1
        }
      }
    }
    let people = shared.keys.sorted()
    let ids = Set(shared.values.flatMap(\.keys)).sorted()
    let counts = people.map { person in ids.map { Double(shared[person]?[$0] ?? 0) } }
    let pairs = Assignment.maximumSimilarity(counts, gate: 1)
    return zip(counts, pairs).reduce(0) { sum, pair in sum + (pair.1.map { Int(pair.0[$0]) } ?? 0) }
  }
}
