public import Video

/// What a job that finds people, and gives them no identities, has to report.
public struct AnalysisSummary: Sendable {
  public var frames = 0
  public var people = 0
  public var damage = DecodeDamage()
  public var warnings: [String] = []
  /// Then only what was found up to there was written.
  public var isInterrupted = false
}
