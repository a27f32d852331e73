/// How far a job has come.
public struct Progress: Sendable {
  public var framesDone: Int
  /// Estimated from the container; nil where it does not say.
  public var framesTotal: Int?
  public var elapsed: Duration

  public init(framesDone: Int, framesTotal: Int?, elapsed: Duration) {
    self.framesDone = framesDone
    self.framesTotal = framesTotal
    self.elapsed = elapsed
  }

  public var framesPerSecond: Double {
    Double(framesDone) / max(elapsed / .seconds(1), 1e-9)
  }

  public var secondsLeft: Double? {
    guard let framesTotal, framesDone > 0 else { return nil }
    return Double(max(framesTotal - framesDone, 0)) / framesPerSecond
  }
}
