/// A share of some work: the `index`-th, from 0, of `count`, which together are all of it.
package struct Shard: Hashable, Sendable {
  package let index: Int
  package let count: Int

  /// All of the work.
  package static let all = Shard(index: 0, of: 1)!

  package init?(index: Int, of count: Int) {
    guard count >= 1, (0..<count).contains(index) else { return nil }
    (self.index, self.count) = (index, count)
  }

  /// As people write it: 1/4 is the first of four.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], number >= 1, let count = parts[1] else { return nil }
    self.init(index: number - 1, of: count)
  }

  /// Counted as people do: from 1.
  package var number: Int { index + 1 }
}
