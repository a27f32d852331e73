private import Foundation
private import Synchronization

/// Threads that stay, to split a loop over. The caller works too, so a pool of `count` starts `count − 1` threads.
///
/// Idle threads watch for new work for some microseconds, which bridges the gap between two layers, and then sleep, so
/// that decoding and encoding have the cores. One loop at a time: the pool has one owner.
public final class ThreadPool {
  public let count: Int
  private let shared: SharedLoop

  public init(count: Int) {
    self.count = max(1, count)
    shared = SharedLoop(threads: self.count)
    let shared = shared
    for thread in 1..<self.count {
      let native = Thread { shared.work(as: thread) }
      native.name = "inference \(thread)"
      native.start()
    }
  }

  deinit {
    shared.stop()
  }

  /// Calls `body` once for each index of 0..<`chunks`, with the number of the thread it runs on (0 is the caller), and
  /// returns when all calls have. Chunks are handed out in order as threads become free.
  public func run(chunks: Int, _ body: (_ chunk: Int, _ thread: Int) -> Void) {
    if count == 1 || chunks <= 1 {
      for chunk in 0..<chunks { body(chunk, 0) }
    } else {
      withoutActuallyEscaping(body) { shared.run(chunks: chunks, $0) }
    }
  }

  /// Splits 0..<`total` into one range a thread, each a multiple of `step` long but the last, and runs them.
  public func split(_ total: Int, step: Int = 1, _ body: (_ range: Range<Int>, _ thread: Int) -> Void) {
    let steps = (total + step - 1) / step
    let parts = min(count, steps)
    run(chunks: parts) { part, thread in
      body(steps * part / parts * step..<min(total, steps * (part + 1) / parts * step), thread)
    }
  }
}

/// The loop that the threads of a pool share.
///
/// `@unchecked Sendable`: `body` and `chunkCount` are written by the caller before it publishes a new `generation`, and
/// read by threads that have seen it; the caller writes again only when `running` says that all threads are through.
private final class SharedLoop: @unchecked Sendable {
  private let threads: Int
  private let generation = Atomic<Int>(0)
  private let nextChunk = Atomic<Int>(0)
  private let running = Atomic<Int>(0)
  private let stopped = Atomic<Bool>(false)
  private let condition = NSCondition()
  private let completion = NSCondition()
  /// Guarded by `condition`.
  private var sleeping = 0
  private var body: ((Int, Int) -> Void)?
  private var chunkCount = 0

  /// About 20 µs of looking.
  private let patience = 400

  init(threads: Int) {
    self.threads = threads
  }

  func run(chunks: Int, _ body: @escaping (Int, Int) -> Void) {
    self.body = body
    chunkCount = chunks
    nextChunk.store(0, ordering: .relaxed)
    running.store(threads - 1, ordering: .relaxed)
    generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
    wake()
    takeChunks(as: 0)
    waitForOthers()
    self.body = nil
  }

  /// The others are finishing their last chunk. Where that takes long they wait for a core, perhaps for this one.
  private func waitForOthers() {
    for _ in 0..<patience where running.load(ordering: .acquiring) == 0 { return }
    completion.lock()
    while running.load(ordering: .acquiring) > 0 { completion.wait() }
    completion.unlock()
  }

  func stop() {
    stopped.store(true, ordering: .relaxed)
    generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
    wake()
  }

  func work(as thread: Int) {
    var seen = 0
    while true {
      seen = waitForWork(after: seen)
      if stopped.load(ordering: .relaxed) { return }
      takeChunks(as: thread)
      if running.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
        completion.lock()
        completion.signal()
        completion.unlock()
      }
    }
  }

  private func takeChunks(as thread: Int) {
    guard let body else { return }
    while true {
      let chunk = nextChunk.wrappingAdd(1, ordering: .relaxed).oldValue
      guard chunk < chunkCount else { return }
      body(chunk, thread)
    }
  }

  private func waitForWork(after seen: Int) -> Int {
    for _ in 0..<patience {
      let current = generation.load(ordering: .acquiring)
      if current != seen { return current }
    }
    condition.lock()
    sleeping += 1
    while generation.load(ordering: .sequentiallyConsistent) == seen { condition.wait() }
    sleeping -= 1
    condition.unlock()
    return generation.load(ordering: .acquiring)
  }

  private func wake() {
    condition.lock()
    if sleeping > 0 { condition.broadcast() }
    condition.unlock()
  }
}
