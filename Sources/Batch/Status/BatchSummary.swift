internal import Files
package import Foundation

/// How a batch stands.
package struct BatchSummary: Sendable, Codable {
  package var jobs = 0
  package var done = 0
  /// Of those done, how many without what could not be decoded.
  package var damaged = 0
  package var running = 0
  package var waiting = 0
  /// Begun, and nobody works on them.
  package var interrupted = 0
  /// For a reason that may pass.
  package var failed = 0
  /// For a reason that stays.
  package var failedForGood = 0
  package var framesDone = 0
  /// The share of all work that is done, as its cost was estimated.
  package var share = 0.0
  /// nil where nothing is under way.
  package var secondsLeft: Double?
  package var failures: [Failure] = []

  package struct Failure: Sendable, Codable {
    package var job: String
    package var input: String
    package var reason: String
    package var code: Int32
    package var lasting: Bool
    package var attempts: Int
  }

  package var isOver: Bool { jobs == done + failedForGood }

  /// - Parameter term: How long leases last that are not renewed, in seconds.
  package init(_ manifest: Manifest, _ state: BatchState, term: Double, now: Date = Date()) {
    var (cost, costDone, busy) = (0.0, 0.0, 0.0)
    for job in manifest.jobs {
      jobs += 1
      cost += job.cost
      // What became of a part does not count once what it was for is there.
      let isPutTogether = manifest.whole(of: job).map { state[$0].phase == .done } ?? false
      let state = state[job]
      switch isPutTogether ? .done : state.phase {
      case .waiting: waiting += 1
      case .interrupted: interrupted += 1
      case .started:
        if Lease.isHeld(manifest.state.lease(of: job), term: term) { running += 1 } else { interrupted += 1 }
      case .done:
        done += 1
        if job.frameRange == nil { framesDone += state.last?.frames ?? 0 }
        costDone += job.cost
        if state.last?.doneAlready != true { busy += state.last?.seconds ?? 0 }
        if (state.last?.lostPackets ?? 0) + (state.last?.patchedFrames ?? 0) > 0 { damaged += 1 }
      case .failed:
        if state.hasFailedForGood { failedForGood += 1 } else { failed += 1 }
        if let last = state.last {
          failures.append(
            Failure(
              job: job.id, input: job.input, reason: last.reason ?? "", code: last.code ?? 1,
              lasting: last.lasting ?? false, attempts: last.attempt))
        }
      }
    }
    share = cost > 0 ? costDone / cost : 1
    if running > 0, costDone > 0, busy > 0 { secondsLeft = (cost - costDone) * busy / costDone / Double(running) }
  }

  /// On one line, with keys in snake case.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
