package import Interchange
package import Video

/// What is wanted of a tracking job.
package struct TrackSettings: Sendable {
  package var input = VideoReaderOptions()
  package var linking = LinkSettings()
  /// nil makes no annotated video.
  package var overlay: OverlaySettings? = OverlaySettings()
  /// In which the poses are written as well.
  package var formats: [RecordingFormat] = []
  /// Whether results of an earlier run may be replaced.
  package var overwrites = false
  /// Whether to go on where an interrupted run stopped.
  package var resumes = false

  package init() {}
}
