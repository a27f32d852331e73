private import Detection
package import Estimation
package import Foundation
private import Interchange
private import Pose
package import Video

/// Poses of the people in a video, without identities, written to a file, however weak they are, unless duplicates are to be suppressed.
package struct EstimateJob {
  private let source: URL
  private let input: VideoReaderOptions
  private let destination: URL
  private let line: AnalysisLine
  private let suppression: PoseSuppression?

  /// - Parameter suppression: nil keeps all poses.
  package init(
    source: URL, input: VideoReaderOptions, destination: URL, line: AnalysisLine, suppression: PoseSuppression? = nil
  ) {
    self.suppression = suppression
    self.source = source
    self.input = input
    self.destination = destination
    self.line = line
  }

  package func run(
    interruption: Interruption, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> AnalysisSummary {
    let reader = try VideoReader(source: source, options: input, isInterrupted: interruption.check)
    let provenance = try line.provenance(
      of: source, reader.info,
      settings: line.settings(input: input, suppression: suppression, identities: nil, overlay: nil))
    let header = line.header(of: source, provenance)
    let stage = PoseStage(try line.poses(of: VideoFacts(name: header.name, reader.info)))
    let frames = FrameStream(reader, capacity: 4, clock: StageClock(), findsShots: true)
    let writer = try PoseTrackWriter(destination, header: header)
    var meter = ProgressMeter(total: reader.info.frameCount(of: input))
    var summary = AnalysisSummary()
    func write(_ done: [PosedFrame]) throws {
      for posed in done {
        let frame = posed.frame
        let poses =
          suppression?(posed.poses, areas: line.areas(of: posed.poses), header.skeleton) ?? posed.poses
        let people = poses.map { RecordedFrame.Person($0.rounded()) }
        try writer.append(RecordedFrame(frame, people: people))
        summary.frames += 1
        summary.people += people.count
        onProgress(meter.step())
      }
    }
    while !interruption.isRequested, let frame = try frames.next() {
      try write(stage.add(frame))
    }
    try write(stage.finish())
    summary.isInterrupted = interruption.isRequested
    guard summary.frames > 0 || summary.isInterrupted else { throw PipelineError.noFrames(of: source) }
    try writer.finish()
    summary.damage = frames.report.damage
    summary.warnings = frames.report.warnings
    return summary
  }
}
