/// What became of a job so far, from the events of all workers in whichever order they are read.
package struct JobState: Sendable {
  package enum Phase: String, Sendable, Codable, CaseIterable {
    case waiting
    /// Begun and not ended: under way, or its worker is dead.
    case started
    case done
    case interrupted
    case failed
  }

  /// The last thing that happened to it; nil where nothing did.
  package private(set) var last: BatchEvent?
  /// Of the attempts since somebody wanted it tried again: those that failed, by attempt.
  private var failures: Set<Int> = []
  /// How long the journal was when they began, by attempt.
  private var starts: [Int: Int] = [:]
  private var ends: Set<Int> = []
  private var lastRetry = 0

  package init() {}

  package var phase: Phase {
    switch last?.event {
    case nil, .retry: .waiting
    case .started: .started
    case .done: .done
    case .interrupted: .interrupted
    case .failed: .failed
    }
  }

  /// How many attempts failed for a reason that may pass.
  var passingFailures: Int { failures.count { $0 > lastRetry } }

  /// How many workers in a row died in it without getting any further: the job itself may be why.
  ///
  /// - Parameter journal: How long its journal is now, in bytes.
  func deaths(journal: Int) -> Int {
    var (count, journal) = (0, journal)
    for (attempt, before) in starts.sorted(by: { $0.key > $1.key }) where attempt > lastRetry {
      if ends.contains(attempt) || journal > before { break }
      (count, journal) = (count + 1, before)
    }
    return count
  }

  /// Whether it failed for a reason that stays.
  var hasFailedForGood: Bool { phase == .failed && last?.lasting == true }

  mutating func add(_ event: BatchEvent) {
    if last.map({ $0.rank <= event.rank }) ?? true { last = event }
    switch event.event {
    case .started: starts[event.attempt] = event.journal ?? 0
    case .failed:
      ends.insert(event.attempt)
      failures.insert(event.attempt)
    case .done, .interrupted: ends.insert(event.attempt)
    case .retry: lastRetry = max(lastRetry, event.attempt)
    }
  }
}

extension BatchEvent {
  /// Later events have higher ones. Attempts are counted by leases, so that no clock is asked.
  fileprivate var rank: Int {
    let order: [Kind] = [.started, .interrupted, .failed, .done, .retry]
    return attempt * order.count + (order.firstIndex(of: event) ?? 0)
  }
}
