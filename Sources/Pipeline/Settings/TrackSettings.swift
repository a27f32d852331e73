public import Video

/// What is wanted of a tracking job.
public struct TrackSettings: Sendable {
  public var input = VideoReaderOptions()
  public var linking = LinkSettings()
  /// nil makes no annotated video.
  public var overlay: OverlaySettings? = OverlaySettings()
  /// Whether results of an earlier run may be replaced.
  public var overwrites = false
  /// Whether to go on where an interrupted run stopped.
  public var resumes = false

  public init() {}
}
