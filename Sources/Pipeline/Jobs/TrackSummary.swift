package import Tracking
package import Video

/// What a tracking job did.
package struct TrackSummary: Sendable {
  package var frames = 0
  package var poses = 0
  package var tracks = 0
  package var elapsed: Duration = .zero
  /// How long each stage was busy, in the order of the line; stages overlap.
  package var stages: [(name: String, busy: Duration)] = []
  package var signals = SignalReport()
  package var damage = DecodeDamage()
  package var warnings: [String] = []
  /// Whether the job was stopped before the end.
  package var isInterrupted = false
  /// Whether there was nothing to do, since an earlier run had finished.
  package var wasDone = false

  package init() {}
}
