public import Video

/// What a tracking job did.
public struct TrackSummary: Sendable {
  public var frames = 0
  public var poses = 0
  public var tracks = 0
  public var elapsed: Duration = .zero
  /// How long each stage was busy, in the order of the line; stages overlap.
  public var stages: [(name: String, busy: Duration)] = []
  public var damage = DecodeDamage()
  public var warnings: [String] = []
  /// Whether the job was stopped before the end.
  public var isInterrupted = false
  /// Whether there was nothing to do, since an earlier run had finished.
  public var wasDone = false
}
