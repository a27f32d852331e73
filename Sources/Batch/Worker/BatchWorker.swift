internal import Files
package import Foundation
package import Pipeline

/// Does the jobs of a batch, or of a part of it, one after the other, beside other workers of the same batch.
///
/// A job is taken by a ``Lease``, so that one worker does it at a time; what became of it goes into the worker's own status
/// file. Jobs that others have are waited for: when a run ends, nothing of its part is left but what failed.
package struct BatchWorker {
  package struct Options: Sendable {
    /// How many times a job is tried that fails for a passing reason, or kills its worker.
    package var attempts = 3
    /// How many seconds a worker may be silent before others take its job, where they can't see that it ended.
    package var term = 120.0
    /// How many seconds after a first failure a job is tried again; twice as many after each further one.
    package var delay = 10.0

    package init() {}
  }

  /// How the jobs of the part ended.
  package struct Tally: Sendable {
    package var done = 0
    package var damaged = 0
    package var failedForGood = 0
    package var failedInPassing = 0
    package var isInterrupted = false
  }

  private let manifest: Manifest
  /// Those of the part, and the parts of their videos behind them.
  private let jobs: [BatchJob]
  private let folder: BatchFolder
  private let options: Options
  private let status: StatusFile
  private var state: BatchState
  /// Jobs that are done and whose results were seen.
  private var seen: Set<String> = []

  /// How many jobs have an end when it is done.
  package var count: Int { jobs.count }

  /// - Parameter jobs: Those of the part, in the order in which they are to be done.
  package init(_ manifest: Manifest, _ jobs: [BatchJob], _ options: Options) throws {
    let own = Set(jobs)
    // Nobody else may be there to do the parts that a job waits for.
    self.jobs = jobs + jobs.flatMap { manifest.parts(of: $0) }.filter { !own.contains($0) }
    (self.manifest, folder, self.options) = (manifest, manifest.state, options)
    status = try StatusFile(in: folder)
    state = BatchState(folder)
  }

  /// - Parameters:
  ///   - hasResults: Whether the results of a job are in their place.
  ///   - journal: Where a job that was interrupted left what it had done.
  ///   - work: Does a job. The number counts the jobs of the part that have an end.
  ///   - tell: Is told how each attempt ended.
  package mutating func run(
    _ interruption: Interruption, hasResults: (BatchJob) -> Bool, journal: (BatchJob) -> URL,
    _ work: (BatchJob, _ number: Int, Interruption) -> JobOutcome, tell: (BatchJob, BatchEvent) -> Void
  ) throws -> Tally {
    while !interruption.isRequested {
      state.refresh()
      let open = jobs.filter { isOpen($0, hasResults) }
      if open.isEmpty { break }
      guard let (job, lease) = try claim(open, hasResults) else {
        wait(interruption)
        continue
      }
      state.refresh()
      if isOpen(job, hasResults) {
        let end = try attempt(job, lease, journal(job), interruption) {
          work($0, jobs.count - open.count + 1, $1)
        }
        tell(job, end)
      }
      lease.release()
    }
    return tally(interruption)
  }

  private mutating func isOpen(_ job: BatchJob, _ hasResults: (BatchJob) -> Bool) -> Bool {
    if let whole = manifest.whole(of: job), hasResults(whole) || !isOpen(whole, hasResults) { return false }
    // Of a part that failed in passing, as often as this run tries, the next run makes more.
    if manifest.parts(of: job).contains(where: { isExhausted(self.state[$0]) }) { return false }
    let state = state[job]
    switch state.phase {
    case .waiting, .started, .interrupted: return true
    case .failed: return !state.hasFailedForGood && !isExhausted(state)
    case .done:
      if seen.contains(job.id) { return false }
      guard hasResults(job) else { return true }
      seen.insert(job.id)
      return false
    }
  }

  private func isExhausted(_ state: JobState) -> Bool {
    state.phase == .failed && !state.hasFailedForGood && state.passingFailures >= options.attempts
  }

  /// The first job that is free: before those that a worker has begun, whose leases are likely held, those that none has.
  private func claim(
    _ open: [BatchJob], _ hasResults: (BatchJob) -> Bool
  ) throws(FileError) -> (BatchJob, Lease)? {
    let ready = open.filter { isReady($0) && (hasEndedParts($0, hasResults) || hasResults($0)) }
    let begun = ready.filter { state[$0].phase == .started }
    for job in ready.filter({ state[$0].phase != .started }) + begun {
      if case .granted(let lease) = try Lease.claim(folder.lease(of: job), term: options.term) { return (job, lease) }
    }
    return nil
  }

  /// Whether the time to try again has come, for a job that failed.
  private func isReady(_ job: BatchJob) -> Bool {
    let state = state[job]
    guard state.phase == .failed, let last = state.last else { return true }
    let delay = options.delay * pow(2, Double(max(0, state.passingFailures - 1)))
    // Clocks of other machines may be ahead.
    return abs(Date().timeIntervalSince(last.time)) >= delay
  }

  /// Whether nothing more is to be expected of the parts that a job puts together.
  private func hasEndedParts(_ job: BatchJob, _ hasResults: (BatchJob) -> Bool) -> Bool {
    let parts = manifest.parts(of: job)
    return parts.allSatisfy { state[$0].phase == .done && hasResults($0) }
      || parts.contains { state[$0].hasFailedForGood }
  }

  private func wait(_ interruption: Interruption) {
    for _ in 0..<20 where !interruption.isRequested { usleep(50_000) }
  }

  private func attempt(
    _ job: BatchJob, _ lease: Lease, _ journal: URL, _ interruption: Interruption,
    _ work: (BatchJob, Interruption) -> JobOutcome
  ) throws -> BatchEvent {
    if let part = manifest.parts(of: job).first(where: { state[$0].hasFailedForGood }) {
      let last = state[part].last
      return try end(job, lease, "its part \(part.output) failed: \(last?.reason ?? "")", code: last?.code ?? 1)
    }
    let length = (try? FileManager.default.attributesOfItem(atPath: journal.path)[.size] as? Int) ?? 0
    let deaths = state[job].deaths(journal: length)
    if deaths >= options.attempts {
      return try end(
        job, lease,
        "\(deaths) workers in a row ended in it without a word and got no further: it may need more memory than they had",
        code: 1)
    }
    var start = BatchEvent(.started, job: job.id, attempt: lease.number)
    start.journal = length
    try status.append(start)
    let own = Interruption(within: interruption)
    let keeper = LeaseKeeper(lease, term: options.term, interruption: own)
    PeakMemory.reset()
    let clock = ContinuousClock.now
    var end = BatchEvent(work(job, own), job: job.id, attempt: lease.number)
    _ = consume keeper
    end.seconds = (ContinuousClock.now - clock) / .seconds(1)
    end.peakMemory = PeakMemory.bytes
    try status.append(end)
    return end
  }

  /// Gives a job up.
  private func end(_ job: BatchJob, _ lease: Lease, _ reason: String, code: Int32) throws -> BatchEvent {
    let end = BatchEvent(
      .failed(reason: reason, code: code, lasting: true), job: job.id, attempt: lease.number)
    try status.append(end)
    return end
  }

  private mutating func tally(_ interruption: Interruption) -> Tally {
    state.refresh()
    var tally = Tally()
    tally.isInterrupted = interruption.isRequested
    for job in jobs {
      let state = state[job]
      switch state.phase {
      case .done:
        tally.done += 1
        if (state.last?.lostPackets ?? 0) + (state.last?.patchedFrames ?? 0) > 0 { tally.damaged += 1 }
      case .failed where state.hasFailedForGood: tally.failedForGood += 1
      case .failed: tally.failedInPassing += 1
      case .waiting, .started, .interrupted: break
      }
    }
    return tally
  }
}
