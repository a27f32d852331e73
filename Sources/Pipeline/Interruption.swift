private import Foundation
private import Synchronization

/// Turns SIGINT, SIGTERM, SIGHUP and SIGUSR1 into a flag that the stages look at between frames.
package final class Interruption: Sendable {
  private let isRaised = Atomic<Bool>(false)
  private let outer: Interruption?

  /// - Parameter outer: What interrupts this work, too, as that of which it is a part.
  package init(within outer: Interruption? = nil) { self.outer = outer }

  package var isRequested: Bool { isRaised.load(ordering: .relaxed) || outer?.isRequested == true }

  /// For those who can't know this type.
  var check: @Sendable () -> Bool { { self.isRequested } }

  package func request() {
    isRaised.store(true, ordering: .relaxed)
  }

  /// Listens until the returned value is released. A second signal ends the program at once.
  ///
  /// - Parameter echo: For how long further signals are taken for the same request, in milliseconds.
  package func listen(echo: Int = 100) -> SignalListener {
    SignalListener(echo: echo) { self.request() }
  }
}

/// Calls a function on the first of SIGINT, SIGTERM, SIGHUP and SIGUSR1, on a thread of its own, and lets the next one end the program.
/// SIGHUP that was ignored before, as by nohup(1), stays so. Batch systems send SIGUSR1 some time before the end of a job
/// (`--signal` of sbatch(1)).
package final class SignalListener {
  private let sources: [any DispatchSourceSignal]
  private let numbers: [Int32]

  /// - Parameter echo: What sends a signal may send it twice, to the process and to its group, as timeout(1) does: within so many
  ///   milliseconds that is one request.
  package init(echo: Int = 100, _ onSignal: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "posetrail.signals")
    let numbers = [SIGINT, SIGTERM, SIGUSR1] + (Self.isIgnored(SIGHUP) ? [] : [SIGHUP])
    self.numbers = numbers
    Self.unblock(numbers)
    sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        onSignal()
        queue.asyncAfter(deadline: .now() + .milliseconds(echo)) { Self.restore(numbers) }
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
