private import Synchronization

/// Feeds the sinks on a thread of their own, so that drawing and encoding overlap with inference.
///
/// A sink that fails does not keep the others from their work: what stopped it is thrown at the end, or once all have failed.
final class SinkThread {
  private enum Message: Sendable {
    case result(TrackedFrame)
    case end(isPartial: Bool)

    var byteCount: Int {
      if case .result(let result) = self { result.frame.byteCount } else { 0 }
    }

    func reach(_ sink: any ResultSink) throws {
      switch self {
      case .result(let result): try sink.consume(result)
      case .end(let isPartial): try sink.finish(isPartial: isPartial)
      }
    }
  }

  private let queue: BoundedQueue<Message>
  private let thread: StageThread
  private let notes: Notes

  /// - Parameter makeSinks: Runs on the thread, which owns the sinks.
  init(capacity: Int, clock: StageClock, makeSinks: sending @escaping () throws -> [any ResultSink]) {
    let queue = BoundedQueue<Message>(capacity: capacity) { $0.byteCount }
    self.queue = queue
    let notes = Notes()
    self.notes = notes
    thread = StageThread(name: "output") {
      defer { queue.abandon() }
      var sinks = try makeSinks()
      var failure: (any Error)?
      while !sinks.isEmpty, let message = queue.pop() {
        clock.measure {
          sinks = sinks.filter { sink in
            do {
              try message.reach(sink)
              return true
            } catch {
              failure = failure ?? error
              return false
            }
          }
        }
      }
      if let failure { throw failure }
      notes.all.withLock { $0 = sinks.flatMap(\.notes) }
    }
  }

  private final class Notes: Sendable {
    let all = Mutex<[String]>([])
  }

  deinit {
    queue.abandon()
    try? thread.join()
  }

  /// Throws what stopped the sinks.
  func consume(_ result: TrackedFrame) throws {
    if !queue.push(.result(result)) {
      try thread.join()
    }
  }

  /// Waits until everything is written and in its place.
  ///
  /// - Parameter isPartial: Whether the source goes on after the last result.
  /// - Returns: What a person should know about what was written.
  func finish(isPartial: Bool) throws -> [String] {
    _ = queue.push(.end(isPartial: isPartial))
    queue.finish()
    try thread.join()
    return notes.all.withLock { $0 }
  }
}
