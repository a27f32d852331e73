package import Foundation
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
  /// Whether to start again, rather than to fail, where that run was another one.
  package var restarts = false
  /// Whether an interruption leaves the results up to there, rather than only what the next run goes on from.
  package var keepsPartialResults = true
  /// The journals of the parts of the video, in their order, where its poses are known from them; they go when all is done.
  package var parts: [URL] = []
  /// What the source must be; nil takes any.
  package var sourceSHA256: String?

  package init() {}
}
