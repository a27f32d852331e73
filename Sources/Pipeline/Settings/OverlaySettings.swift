internal import Foundation
public import Overlay
internal import Pose
public import Video

/// How the annotated video is drawn and encoded.
public struct OverlaySettings: Hashable, Sendable, Codable {
  public var drawing = OverlayOptions()
  public var encoding = VideoWriterOptions()

  public init() {}

  /// The sink for a video that is read with `reading`; sound is taken from the source, cut like the pictures.
  func sink(
    _ destination: URL, source: URL, info: VideoInfo, reading: VideoReaderOptions, skeleton: Skeleton, overwrites: Bool
  ) -> OverlaySink {
    var encoding = encoding
    encoding.overwrites = overwrites
    if info.hasArbitraryStart { encoding.origin = info.startTime }
    if info.audioStreamCount > 0 {
      encoding.sound = SoundSource(file: source, stream: info.stream, start: reading.start, end: reading.end)
    }
    return OverlaySink(
      destination, format: info.format, skeleton: skeleton, overlay: drawing, encoding: encoding)
  }
}
