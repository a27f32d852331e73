private import Foundation

/// A thread for one stage: blocking C calls stay off Swift's cooperative threads.
///
/// `@unchecked Sendable`: `body` is handed over once, `result` is written before and read after `condition` says done.
final class StageThread: @unchecked Sendable {
  private let condition = NSCondition()
  private let body: () throws -> Void
  private var result: Result<Void, any Error>?

  init(name: String, _ body: sending @escaping () throws -> Void) {
    self.body = body
    let thread = Thread { [self] in run() }
    thread.name = name
    thread.stackSize = 8 << 20
    thread.start()
  }

  private func run() {
    let result = Result { try body() }
    condition.withLock {
      self.result = result
      condition.broadcast()
    }
  }

  /// Waits for the end of the stage and throws what ended it.
  func join() throws {
    try condition.withLock {
      while result == nil {
        condition.wait()
      }
      try result?.get()
    }
  }
}
