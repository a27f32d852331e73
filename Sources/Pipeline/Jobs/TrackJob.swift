private import Files
package import Foundation
private import Interchange
private import Pose

/// One video from file to PoseTrack JSON and annotated video.
///
/// Decoding runs ahead and writing behind on threads of their own; poses and identities are made on the calling thread.
/// Poses go to a journal before they are linked: an interrupted job leaves what it has done as valid results, and a job
/// that resumes feeds the tracker from the journal, which brings it exactly to where it stood.
package struct TrackJob {
  package let source: URL
  package let outputs: TrackOutputs
  package let settings: TrackSettings
  let line: AnalysisLine

  package init(source: URL, outputs: TrackOutputs, settings: TrackSettings, line: AnalysisLine) {
    self.source = source
    self.outputs = outputs
    self.settings = settings
    self.line = line
  }

  package func run(
    interruption: Interruption, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> TrackSummary {
    let clock = ContinuousClock()
    let start = clock.now
    let hasJournal = FileManager.default.fileExists(atPath: outputs.journal.path)
    let mayBeDone = settings.resumes && !hasJournal && outputs.exist(withVideo: settings.overlay != nil)
    let claims = try (mayBeDone ? [] : claimPlaces()) + claimFormats()
    defer { for claim in claims { claim.release() } }
    var run = try TrackRun(self, interruption: interruption, onProgress: onProgress)
    if mayBeDone {
      try run.checkResults()
      var summary = TrackSummary()
      summary.wasDone = true
      try convert(&summary)
      removeParts()
      return summary
    }
    let misfit = settings.parts.isEmpty ? nil : try JournalJoin.join(settings.parts, into: outputs.journal)
    var summary = try run.analyse()
    if let misfit {
      summary.warnings.append(
        "\(misfit.lastPathComponent) does not begin where the part before it ends, as where pictures are damaged; what comes from there on was found again"
      )
    }
    try convert(&summary)
    summary.elapsed = clock.now - start
    if !summary.isInterrupted {
      try? FileManager.default.removeItem(at: outputs.journal)
      removeParts()
    }
    return summary
  }

  /// Finds the people of a part of the video, and leaves them in the journal.
  ///
  /// - Parameter part: The indices of its frames; the first is a multiple of ``AnalysisLine/section``.
  package func findPeople(
    in part: Range<Int>, interruption: Interruption, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> TrackSummary {
    try line.requireIndependentSections()
    let clock = ContinuousClock()
    let start = clock.now
    let claim = try OutputClaim([outputs.journal], overwrites: true)
    defer { claim.release() }
    var run = try TrackRun(self, part: part, interruption: interruption, onProgress: onProgress)
    var summary = try run.findPeople()
    summary.elapsed = clock.now - start
    return summary
  }

  private func removeParts() {
    for part in settings.parts { try? FileManager.default.removeItem(at: part) }
  }

  /// Whether the poses in other formats may replace what is there.
  private var replacesFormats: Bool { settings.overwrites || settings.resumes }

  private func target(_ format: RecordingFormat) -> OutputTarget {
    .place(outputs.poses(in: format), overwrites: replacesFormats)
  }

  /// Keeps the places of the poses in other formats, and throws where one can't be written under its name.
  private func claimFormats() throws -> [OutputClaim] {
    try settings.formats.compactMap { format in
      let claim = try format.claim(target(format))
      let name = outputs.poses(in: format).deletingPathExtension().lastPathComponent
      let header = RecordingHeader(name: name, skeleton: .coco17)
      _ = try format.write(target(format), header, .init(hasPeople: true, hasKeypoints: true))
      return claim
    }
  }

  /// Writes the poses in the other formats.
  private func convert(_ summary: inout TrackSummary) throws {
    for format in settings.formats {
      let poses = try RecordingFormat.open(outputs.poses.path, as: .poseTrack)
      let notes = try ConvertJob(poses).run(to: target(format), format)
      summary.warnings += notes.map { "\(outputs.poses(in: format).lastPathComponent): \($0)" }
    }
  }

  /// Keeps the places of journal and results for this run.
  private func claimPlaces() throws -> [OutputClaim] {
    let journal = try OutputClaim([outputs.journal], overwrites: true)
    let hasJournal = FileManager.default.fileExists(atPath: outputs.journal.path)
    if hasJournal && !settings.resumes && !settings.overwrites {
      throw PipelineError(
        .outputExists,
        "\(outputs.journal.relativePath): left by an interrupted run; go on with --resume or start again with --force")
    }
    let results = try OutputClaim(
      outputs.files(withVideo: settings.overlay != nil),
      overwrites: settings.overwrites || settings.resumes && hasJournal)
    return [journal, results]
  }
}
