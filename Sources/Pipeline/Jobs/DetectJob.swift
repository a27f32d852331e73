public import Detection
public import Foundation
private import Interchange
public import Video

/// Boxes of the people in a video, written to a file.
public struct DetectJob {
  private let source: URL
  private let reading: VideoReaderOptions
  private let destination: URL
  private let boxes: any BoxProvider

  public init(source: URL, reading: VideoReaderOptions, destination: URL, boxes: any BoxProvider) {
    self.source = source
    self.reading = reading
    self.destination = destination
    self.boxes = boxes
  }

  public func run(
    interruption: Interruption, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> AnalysisSummary {
    let reader = try VideoReader(source: source, options: reading)
    let frames = FrameStream(reader, capacity: 4, clock: StageClock())
    let writer = try BoxWriter(destination)
    var meter = ProgressMeter(total: reader.info.frameCount(of: reading))
    var summary = AnalysisSummary()
    while !interruption.isRequested, let frame = try frames.next() {
      let found = try boxes.boxes(in: FrameView(index: frame.index, picture: frame.picture, name: frame.name))
      try writer.append(found, frame: frame.index)
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
