public import Foundation
public import Interchange
public import Video

/// Draws saved poses on their video again, without inference: the same video as tracking made.
public struct RenderJob {
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

  /// The number of frames drawn; nil where it was interrupted, which leaves nothing behind.
  public func run(
    interruption: Interruption, overwrites: Bool, onProgress: @escaping @Sendable (Progress) -> Void
  ) throws -> Int? {
    let info = try VideoReader(source: source, options: reading).info
    try check(info)
    let sink = overlay.sink(
      destination, source: source, info: info, reading: reading, skeleton: recording.header.skeleton,
      overwrites: overwrites)
    let output = SinkThread(capacity: 4, clock: StageClock()) { [sink] }
    var frames = recording.frames.makeIterator()
    var done = 0
    let clock = ContinuousClock()
    let start = clock.now
    let known = KnownResults(source: source, reading: reading, needsPictures: true)
    let next = { interruption.isRequested ? nil : frames.next() }
    let isPartial = try known.join(next, clock: StageClock()) { result in
      try output.consume(result)
      done += 1
      onProgress(Progress(framesDone: done, framesTotal: recording.frames.count, elapsed: clock.now - start))
    }
    if interruption.isRequested { return nil }
    guard done > 0 else {
      throw PipelineError(
        .unusable,
        "\(source.relativePath): has none of the frames that the poses are of; name the video they were made from")
    }
    try output.finish(isPartial: isPartial)
    return done
  }

  private func check(_ info: VideoInfo) throws {
    guard let made = recording.header.provenance else { return }
    guard made.width == info.width, made.height == info.height else {
      throw PipelineError(
        .unusable,
        "\(source.relativePath): is \(info.width)×\(info.height), but the poses were made on \(made.width)×\(made.height); "
          + "name the video they were made from")
    }
  }
}
