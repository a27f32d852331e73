private import Foundation
private import Synchronization

/// Turns SIGINT and SIGTERM into a flag that the stages look at between frames. A second signal ends the program the
/// usual way.
public final class Interruption: Sendable {
  private let isRaised = Atomic<Bool>(false)

  public init() {}

  public var isRequested: Bool { isRaised.load(ordering: .relaxed) }

  public func request() {
    isRaised.store(true, ordering: .relaxed)
  }

  /// Listens until the returned value is released.
  public func listen() -> Listener {
    Listener(self)
  }

  public final class Listener {
    private let sources: [any DispatchSourceSignal]

    fileprivate init(_ interruption: Interruption) {
      let queue = DispatchQueue(label: "posetrail.signals")
      sources = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler {
          interruption.request()
          signal(number, SIG_DFL)
        }
        source.resume()
        return source
      }
    }

    deinit {
      for source in sources {
        source.cancel()
      }
      signal(SIGINT, SIG_DFL)
      signal(SIGTERM, SIG_DFL)
    }
  }
}
