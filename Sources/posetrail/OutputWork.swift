internal import Files
private import Foundation
private import Pipeline

/// Work on an output that has no place to stop at.
enum OutputWork {
  /// Does the work while the place is kept. A signal takes back what was begun and ends the program.
  static func run(_ claim: OutputClaim, _ work: () throws -> Void) rethrows {
    let listener = SignalListener {
      claim.abandon()
      _exit(ExitStatus.interrupted.rawValue)
    }
    defer { claim.release() }
    try work()
    _ = consume listener
  }
}
