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
    let clock = ContinuousClock()
    let start = clock.now
    var summary = AnalysisSummary()
    while let frame = try frames.next() {
      if interruption.isRequested {
        summary.isInterrupted = true
        return summary
      }
      let found = try boxes.boxes(in: FrameView(index: frame.index, image: frame.image, name: frame.name))
      try writer.append(found, frame: frame.index)
      summary.frames += 1
      summary.people += found.count
      onProgress(
        Progress(
          framesDone: summary.frames, framesTotal: reader.info.estimatedFrameCount, elapsed: clock.now - start))
    }
    try writer.finish()
    summary.damage = frames.report.damage
    return summary
  }
}
