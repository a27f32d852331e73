internal import Files
private import Foundation
internal import Pipeline

/// Renews a lease while its work is done, and interrupts the work where it is lost.
final class LeaseKeeper {
  private let timer: any DispatchSourceTimer

  init(_ lease: Lease, term: Double, interruption: Interruption) {
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "posetrail.lease"))
    timer.schedule(deadline: .now() + term / 6, repeating: term / 6)
    timer.setEventHandler {
      if !lease.renew() { interruption.request() }
    }
    timer.resume()
  }

  deinit { timer.cancel() }
}
