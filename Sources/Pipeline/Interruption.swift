private import Foundation
private import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into a flag that the stages look at between frames.
package final class Interruption: Sendable {
  private let isRaised = Atomic<Bool>(false)

  package init() {}

  package var isRequested: Bool { isRaised.load(ordering: .relaxed) }

  /// For those who can't know this type.
  var check: @Sendable () -> Bool { { self.isRequested } }

  package func request() {
    isRaised.store(true, ordering: .relaxed)
  }

  /// Listens until the returned value is released. A second signal ends the program at once.
  package func listen() -> SignalListener {
    SignalListener { self.request() }
  }
}

/// Calls a function on the first of SIGINT, SIGTERM and SIGHUP, on a thread of its own, and lets the next one end the program.
/// SIGHUP that was ignored before, as by nohup(1), stays so.
package final class SignalListener {
  private let sources: [any DispatchSourceSignal]
  private let numbers: [Int32]

  /// What sends a signal may send it twice, to the process and to its group, as timeout(1) does: that is one request.
  private static let echo: DispatchTimeInterval = .milliseconds(100)

  package init(_ onSignal: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "posetrail.signals")
    let numbers = Self.isIgnored(SIGHUP) ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]
    self.numbers = numbers
    Self.unblock(numbers)
    sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        onSignal()
        queue.asyncAfter(deadline: .now() + Self.echo) { Self.restore(numbers) }
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    Self.restore(numbers)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    return sigaction(number, nil, &action) == 0
      && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Some programs start others with these signals blocked, and then nothing could end them.
  private static func unblock(_ numbers: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  private static func restore(_ numbers: [Int32]) {
    for number in numbers { signal(number, SIG_DFL) }
  }
}
