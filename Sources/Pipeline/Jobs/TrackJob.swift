public import Detection
public import Estimation
public import Foundation
private import Interchange
private import Pose
private import Tracking
private import Video

/// One video from file to PoseTrack JSON and annotated video.
///
/// Decoding runs ahead and writing behind on threads of their own; boxes, poses and identities are made on the calling
/// thread. Poses go to a journal before they are linked: an interrupted job leaves what it has done as valid results,
/// and a job that resumes feeds the tracker from the journal, which brings it exactly to where it stood.
public struct TrackJob {
  public let source: URL
  public let outputs: TrackOutputs
  public let settings: TrackSettings
  public let provenance: TrackProvenance
  let makeBoxes: (VideoFacts) throws -> any BoxProvider
  let estimator: TopDownEstimator

  /// - Parameter makeBoxes: Called once, when it is known what the video is.
  public init(
    source: URL, outputs: TrackOutputs, settings: TrackSettings, provenance: TrackProvenance,
    estimator: TopDownEstimator, makeBoxes: @escaping (VideoFacts) throws -> any BoxProvider
  ) {
    self.source = source
    self.outputs = outputs
    self.settings = settings
    self.provenance = provenance
    self.estimator = estimator
    self.makeBoxes = makeBoxes
  }

  public func run(
    interruption: Interruption, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> TrackSummary {
    let hasJournal = FileManager.default.fileExists(atPath: outputs.journal.path)
    if settings.resumes && !hasJournal && isDone {
      var summary = TrackSummary()
      summary.wasDone = true
      return summary
    }
    try checkPlaces(hasJournal: hasJournal)
    let clock = ContinuousClock()
    let start = clock.now
    var run = try TrackRun(self, interruption: interruption, onProgress: onProgress)
    var summary = try run.analyse()
    summary.elapsed = clock.now - start
    if !summary.isInterrupted {
      try? FileManager.default.removeItem(at: outputs.journal)
    }
    return summary
  }

  private var wanted: [URL] { settings.overlay != nil ? [outputs.poses, outputs.video] : [outputs.poses] }

  private var isDone: Bool {
    wanted.allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
  }

  private func checkPlaces(hasJournal: Bool) throws {
    if hasJournal && !settings.resumes && !settings.overwrites {
      throw PipelineError(
        .outputExists,
        "\(outputs.journal.relativePath): left by an interrupted run; go on with --resume or start again with --force")
    }
    try OutputPlace.check(wanted, overwrites: settings.overwrites || settings.resumes && hasJournal)
  }
}
