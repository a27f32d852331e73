public import Detection
public import Estimation
internal import Files
public import Foundation
private import Interchange
private import Pose
public import Video

/// Poses of the people in a video, without identities, written to a file: every box gives a pose, however weak.
public struct EstimateJob {
  private let source: URL
  private let reading: VideoReaderOptions
  private let destination: URL
  private let provenance: TrackProvenance
  private let estimator: TopDownEstimator
  private let makeBoxes: (VideoFacts) throws -> any BoxProvider

  /// - Parameter makeBoxes: Called once, when it is known what the video is; boxes must not follow the poses.
  public init(
    source: URL, reading: VideoReaderOptions, destination: URL, provenance: TrackProvenance,
    estimator: TopDownEstimator, makeBoxes: @escaping (VideoFacts) throws -> any BoxProvider
  ) {
    self.source = source
    self.reading = reading
    self.destination = destination
    self.provenance = provenance
    self.estimator = estimator
    self.makeBoxes = makeBoxes
  }

  public func run(
    interruption: Interruption, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> AnalysisSummary {
    let reader = try VideoReader(source: source, options: reading)
    let video = Provenance.Source(name: source.lastPathComponent, sha256: try FileDigest.sha256(ofSource: source))
    let header = provenance.header(of: source, video, reader.info, skeleton: estimator.skeleton)
    let boxes = try makeBoxes(VideoFacts(name: header.name, reader.info))
    let frames = FrameStream(reader, capacity: 4, clock: StageClock())
    let writer = try PoseTrackWriter(destination, header: header)
    var stage = PoseStage(estimator, rule: FrameGroupRule())
    var meter = ProgressMeter(total: reader.info.frameCount(of: reading))
    var summary = AnalysisSummary()
    func write(_ done: [(frame: Frame, poses: [Pose])]) throws {
      for (frame, poses) in done {
        let people = poses.map { RecordedFrame.Person($0.rounded()) }
        try writer.append(RecordedFrame(index: frame.index, time: frame.time, name: frame.name, people: people))
        summary.frames += 1
        summary.people += people.count
        onProgress(meter.step())
      }
    }
    while !interruption.isRequested, let frame = try frames.next() {
      let view = FrameView(index: frame.index, picture: frame.picture, name: frame.name)
      try write(stage.add(frame, boxes: boxes.boxes(in: view)))
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
