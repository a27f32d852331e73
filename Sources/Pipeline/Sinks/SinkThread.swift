/// Feeds the sinks on a thread of their own, so that drawing and encoding overlap with inference.
final class SinkThread {
  private let queue: BoundedQueue<TrackedFrame>
  private let thread: StageThread

  /// - Parameter makeSinks: Runs on the thread, which owns the sinks.
  init(capacity: Int, clock: StageClock, makeSinks: sending @escaping () throws -> [any ResultSink]) {
    let queue = BoundedQueue<TrackedFrame>(capacity: capacity)
    self.queue = queue
    thread = StageThread(name: "output") {
      defer { queue.abandon() }
      let sinks = try makeSinks()
      while let result = queue.pop() {
        try clock.measure {
          for sink in sinks {
            try sink.consume(result)
          }
        }
      }
      guard queue.isComplete else { return }
      try clock.measure {
        for sink in sinks {
          try sink.finish()
        }
      }
    }
  }

  deinit {
    queue.abandon()
    try? thread.join()
  }

  /// Throws what stopped the sinks.
  func consume(_ result: TrackedFrame) throws {
    if !queue.push(result) {
      try thread.join()
    }
  }

  /// Waits until everything is written and in its place.
  func finish() throws {
    queue.finish()
    try thread.join()
  }
}
