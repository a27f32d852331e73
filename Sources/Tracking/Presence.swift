/// In how many frames each person of a video was seen.
package struct Presence: Sendable {
  package private(set) var frames: [Int: Int] = [:]

  package init() {}

  /// Counts the people of one frame.
  package mutating func count(_ trackIDs: some Sequence<Int>) {
    for id in Set(trackIDs) { frames[id, default: 0] += 1 }
  }

  /// The ids of the `people` seen most often; of those seen equally often the lower id. The ids stay what they were.
  package func mostPresent(_ people: Int) -> Set<Int> {
    Set(frames.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(max(0, people)).map(\.key))
  }
}
