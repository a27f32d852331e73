/// How far a job has come.
package struct Progress: Sendable {
  package var framesDone: Int
  /// Estimated from the container; nil where it does not say.
  package var framesTotal: Int?
  package var elapsed: Duration

  package init(framesDone: Int, framesTotal: Int?, elapsed: Duration) {
    self.framesDone = framesDone
    self.framesTotal = framesTotal
    self.elapsed = elapsed
  }

  package var framesPerSecond: Double {
    Double(framesDone) / max(elapsed / .seconds(1), 1e-9)
  }

  package var secondsLeft: Double? {
    guard let framesTotal, framesDone > 0 else { return nil }
    return Double(max(framesTotal - framesDone, 0)) / framesPerSecond
  }
}
