private import Detection
internal import Files
internal import Foundation
internal import Interchange
internal import Tracking
internal import Video

/// A tracking job under way.
struct TrackRun {
  let job: TrackJob
  /// The indices of the frames whose poses are wanted, and the next one's behind them, by which parts are seen to fit; nil for all.
  let part: Range<Int>?
  let interruption: Interruption
  let onProgress: (Progress) -> Void
  let clocks = (decode: StageClock(), flow: StageClock(), link: StageClock(), write: StageClock())

  let reader: VideoReader
  let provider: any PoseProvider
  let header: RecordingHeader
  private let provenance: Provenance
  private let settings: RunSettings
  var meter: ProgressMeter
  var summary = TrackSummary()

  init(
    _ job: TrackJob, part: Range<Int>? = nil, interruption: Interruption, onProgress: @escaping (Progress) -> Void
  ) throws {
    (self.job, self.part) = (job, part)
    self.interruption = interruption
    self.onProgress = onProgress
    let (linking, overlay) = (job.settings.linking, job.settings.overlay)
    var reading = job.settings.input
    reading.wantsPicture = true
    reading.wantsPlanar = overlay != nil && !linking.looksAhead
    reading.wantsMotion = linking.flow?.source == .motionVectors
    reader = try VideoReader(source: job.source, options: reading, isInterrupted: interruption.check)
    settings = job.line.settings(input: job.settings.input, identities: linking, overlay: overlay)
    provenance = try job.line.provenance(of: job.source, reader.info, settings: settings)
    if let expected = job.settings.sourceSHA256, provenance.video?.sha256 != expected {
      throw PipelineError(
        .unusable, "\(job.source.relativePath): was changed since it was planned; plan the batch again")
    }
    header = job.line.header(of: job.source, provenance)
    provider = try job.line.poses(of: VideoFacts(name: header.name, reader.info))
    meter = ProgressMeter(total: reader.info.frameCount(of: job.settings.input, within: part))
  }

  /// Throws unless the results that are there are those of this job.
  func checkResults() throws {
    let file = job.outputs.poses
    guard let made = try PoseTrackFile(file).provenance else {
      throw PipelineError(
        .outputExists,
        "\(file.relativePath): does not say how it was made; replace it with --force or write elsewhere")
    }
    let differences = made.differences(provenance)
    guard differences.isEmpty else {
      throw PipelineError(
        .outputExists,
        "\(file.relativePath): was made otherwise than is asked for now, it differs in "
          + "\(differences.joined(separator: ", ")); replace it with --force or write elsewhere")
    }
    if settings.overlay != nil { _ = try VideoReader(source: job.outputs.video) }
  }

  /// Runs to the end, or to an interruption. What was done is then in its place.
  mutating func analyse() throws -> TrackSummary {
    if let overlay = job.settings.overlay {
      try VideoWriter.check(destination: job.outputs.video, format: reader.info.format, options: overlay.encoding)
    }
    let (replay, journal) = try openJournal()
    do {
      try writeResults(replay, journal)
    } catch {
      if journal.isEmpty { try? FileManager.default.removeItem(at: job.outputs.journal) }
      throw error
    }
    let stages =
      [("decode", clocks.decode)] + provider.stages
      + (job.settings.linking.flow == nil ? [] : [("flow", clocks.flow)])
      + [("identities", clocks.link), ("drawing and encoding", clocks.write)]
    summary.stages = stages.map { ($0.0, $0.1.busy) }
    return summary
  }

  /// Runs to the end of a part, or to an interruption, and leaves poses in the journal only.
  mutating func findPeople() throws -> TrackSummary {
    let (replay, journal) = try openJournal()
    try findPeople(replay, journal) { _ in [] }
    try journal.sync()
    return summary
  }

  private func openJournal() throws -> (JournalReplay, JournalWriter) {
    var own = provenance
    own.settings = try .encoding(settings.decidingPoses(followed: provider.followsPoses))
    return try JournalReplay.open(
      job.outputs.journal, header: JournalHeader(own), resumes: job.settings.resumes,
      restarts: job.settings.restarts, provider: provider)
  }
}

extension VideoFacts {
  init(name: String, _ info: VideoInfo) {
    self.init(
      name: name, width: info.width, height: info.height,
      frameCount: info.isFrameCountStated ? info.estimatedFrameCount : nil, frameNames: info.frameNames)
  }
}
