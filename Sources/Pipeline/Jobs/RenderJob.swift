internal import Files
public import Foundation
public import Interchange
public import Video

/// Draws saved poses on their video again, without inference: the same video as tracking made.
public struct RenderJob {
  public struct Summary: Sendable {
    public var frames = 0
    public var damage = DecodeDamage()
    public var warnings: [String] = []
    /// Then only the frames up to there were drawn.
    public var isInterrupted = false
  }

  public var source: URL
  public var recording: Recording
  public var destination: URL
  public var overlay: OverlaySettings
  public var reading: VideoReaderOptions

  public init(
    source: URL, recording: Recording, destination: URL, overlay: OverlaySettings, reading: VideoReaderOptions
  ) {
    self.source = source
    self.recording = recording
    self.destination = destination
    self.overlay = overlay
    self.reading = reading
  }

  public func run(
    interruption: Interruption, overwrites: Bool, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> Summary {
    let reader = try VideoReader(source: source, options: reading.forDrawing)
    var summary = Summary()
    summary.warnings = try check(reader.info)
    let sink = overlay.sink(
      destination, source: source, info: reader.info, reading: reading, skeleton: recording.header.skeleton,
      overwrites: overwrites)
    let output = SinkThread(capacity: 4, clock: StageClock()) { [sink] }
    var frames = recording.frames.makeIterator()
    var meter = ProgressMeter(total: recording.frames.count)
    let next = { interruption.isRequested ? nil : frames.next() }
    let outcome = try KnownResults(reader: reader).join(next, clock: StageClock()) { result in
      try output.consume(result)
      summary.frames += 1
      onProgress(meter.step())
    }
    summary.isInterrupted = interruption.isRequested
    guard summary.frames > 0 || summary.isInterrupted else {
      throw PipelineError(
        .unusable,
        "\(source.relativePath): has none of the frames that the poses are of; name the video they were made from")
    }
    summary.warnings += outcome.report.warnings + (try output.finish(isPartial: outcome.isPartial))
    summary.damage = outcome.report.damage
    return summary
  }

  /// Warns where the file is another one, which may be a copy in another container.
  private func check(_ info: VideoInfo) throws -> [String] {
    guard let made = recording.header.provenance else { return [] }
    guard made.width == info.width, made.height == info.height else {
      throw PipelineError(
        .unusable,
        "\(source.relativePath): is \(info.width)×\(info.height), but the poses were made on \(made.width)×\(made.height); "
          + "name the video they were made from")
    }
    guard let video = made.video, video.sha256 != (try FileDigest.sha256(ofSource: source)) else { return [] }
    return ["the poses were made from another file, \(video.name): its SHA-256 differs, the skeletons may not fit"]
  }
}
