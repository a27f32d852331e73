package import Detection
package import Files
package import Foundation
package import Interchange
private import Pose
package import Video

/// Boxes of the people in a video, written to a file.
package struct DetectJob {
  private let source: URL
  private let reading: VideoReaderOptions
  private let destination: OutputTarget
  private let format: RecordingFormat
  private let boxes: any BoxProvider

  package init(
    source: URL, reading: VideoReaderOptions, destination: OutputTarget, format: RecordingFormat,
    boxes: any BoxProvider
  ) {
    self.source = source
    self.reading = reading
    self.destination = destination
    self.format = format
    self.boxes = boxes
  }

  package func run(
    interruption: Interruption, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> AnalysisSummary {
    let reader = try VideoReader(source: source, options: reading, isInterrupted: interruption.check)
    let frames = FrameStream(reader, capacity: 4, clock: StageClock())
    let header = RecordingHeader(name: OutputNames.plainStem(of: source), skeleton: .coco17)
    let writer = try format.write(destination, header, .init(hasPeople: true))
    var meter = ProgressMeter(total: reader.info.frameCount(of: reading))
    var summary = AnalysisSummary()
    while !interruption.isRequested, let frame = try frames.next() {
      let found = try boxes.boxes(in: FrameView(frame))
      let people = found.map { RecordedFrame.Person(Pose(keypoints: [], box: $0.box, score: $0.score)) }
      try writer.append(RecordedFrame(frame, people: people))
      summary.frames += 1
      summary.people += found.count
      onProgress(meter.step())
    }
    summary.isInterrupted = interruption.isRequested
    guard summary.frames > 0 || summary.isInterrupted else { throw PipelineError.noFrames(of: source) }
    try writer.finish()
    summary.damage = frames.report.damage
    summary.warnings = frames.report.warnings
    return summary
  }
}
