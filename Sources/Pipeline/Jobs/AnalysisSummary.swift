package import Video

/// What a job that finds people, and gives them no identities, has to report.
package struct AnalysisSummary: Sendable {
  package var frames = 0
  package var people = 0
  package var damage = DecodeDamage()
  package var warnings: [String] = []
  /// Then only what was found up to there was written.
  package var isInterrupted = false
}
