private import Synchronization

/// Adds up how long a stage was busy, as opposed to waiting for its neighbours.
package final class StageClock: Sendable {
  private let nanoseconds = Atomic<Int64>(0)

  package var busy: Duration { .nanoseconds(nanoseconds.load(ordering: .relaxed)) }

  func measure<R>(_ body: () throws -> R) rethrows -> R {
    let start = ContinuousClock.now
    defer {
      let spent = (ContinuousClock.now - start).components
      nanoseconds.add(spent.seconds * 1_000_000_000 + spent.attoseconds / 1_000_000_000, ordering: .relaxed)
    }
    return try body()
  }
}
