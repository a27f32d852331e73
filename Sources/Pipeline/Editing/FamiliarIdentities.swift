internal import Interchange
internal import Pose

/// The ids that people keep when a recording is linked again under edits: each the one that the edits alone would give to most of its poses,
/// as far as nobody else has more of it; the others get new ones.
struct FamiliarIdentities {
  private struct Pair: Hashable {
    var id: Int
    var known: Int
  }

  /// In how many poses they meet.
  private var shared: [Pair: Int] = [:]
  private var everyone: Set<Int> = []

  /// Takes in a frame as it was linked, and as it was before.
  ///
  /// - Parameter known: What the edits make of an id of the recording in this frame.
  mutating func add(
    _ frame: RecordedFrame, before people: [RecordedFrame.Person], known: (Int) -> Int?
  ) {
    let ids = Dictionary(
      people.map { ($0.pose.rounded(), $0.trackID) }, uniquingKeysWith: { first, _ in first })
    for person in frame.people {
      guard let id = person.trackID else { continue }
      everyone.insert(id)
      guard !person.isFilled, let old = ids[person.pose] ?? nil, let known = known(old) else { continue }
      shared[Pair(id: id, known: known), default: 0] += 1
    }
  }

  /// By the ids that linking gave.
  var ids: [Int: Int] {
    var (result, taken): ([Int: Int], Set<Int>) = ([:], [])
    let ranked = shared.sorted { (-$0.value, $0.key.id, $0.key.known) < (-$1.value, $1.key.id, $1.key.known) }
    for (pair, _) in ranked where result[pair.id] == nil && taken.insert(pair.known).inserted {
      result[pair.id] = pair.known
    }
    var next = (shared.keys.map(\.known).max() ?? -1) + 1
    for id in everyone.sorted() where result[id] == nil {
      result[id] = next
      next += 1
    }
    return result
  }
}
