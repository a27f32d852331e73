internal import Foundation
internal import Overlay
internal import Pose
internal import Timing
internal import Video

/// Draws the people on the decoded pictures and encodes them.
final class OverlaySink: ResultSink {
  private let destination: URL
  private let format: PictureFormat
  private var options: VideoWriterOptions
  private var renderer: OverlayRenderer
  private var writer: VideoWriter?
  /// Where the last picture ends, as far as that is known.
  private var end: MediaTime?

  init(
    _ destination: URL, format: PictureFormat, skeleton: Skeleton, overlay: OverlayOptions, names: [Int: String],
    encoding: VideoWriterOptions
  ) {
    self.destination = destination
    self.format = format
    options = encoding
    renderer = OverlayRenderer(skeleton, options: overlay, names: names)
  }

  var notes: [String] { writer?.notes ?? [] }

  func consume(_ result: TrackedFrame) throws {
    guard var picture = result.frame.planar else { return }
    let frame = result.frame
    let people = frame.placement.map { place in result.people.map { $0.placed(place) } }
    let hidden = frame.placement.map { place in result.hidden.map { $0.placed(place) } }
    renderer.draw(people ?? result.people, hiding: hidden ?? result.hidden, on: &picture)
    try openedWriter(for: frame).write(picture, time: frame.time, duration: frame.duration)
    end = frame.end
  }

  func finish(isPartial: Bool) throws {
    try writer?.finish(soundEnd: isPartial ? end : nil)
  }

  /// The times are those of the source; a part of it that does not begin with its first frame begins at zero.
  private func openedWriter(for first: Frame) throws -> VideoWriter {
    if let writer { return writer }
    if first.index > 0 { options.origin = first.time }
    let opened = try VideoWriter(destination: destination, format: format, options: options)
    writer = opened
    return opened
  }
}

extension Frame {
  fileprivate var end: MediaTime {
    guard let duration, duration.numerator == time.numerator, duration.denominator == time.denominator else {
      return time
    }
    return MediaTime(
      ticks: time.ticks + duration.ticks, numerator: time.numerator, denominator: time.denominator)
  }
}
