internal import Foundation
package import Overlay
internal import Pose
package import Video

/// How the annotated video is drawn and encoded.
package struct OverlaySettings: Hashable, Sendable, Codable {
  package var drawing = OverlayOptions()
  package var encoding = VideoWriterOptions()

  package init() {}

  /// The sink for a video that is read with `reading`; sound is taken from the source, cut like the pictures.
  func sink(
    _ destination: URL, source: URL, info: VideoInfo, reading: VideoReaderOptions, skeleton: Skeleton,
    names: [Int: String] = [:], overwrites: Bool
  ) -> OverlaySink {
    var encoding = encoding
    encoding.overwrites = overwrites
    if info.hasArbitraryStart { encoding.origin = info.startTime }
    if info.audioStreamCount > 0 {
      encoding.sound = SoundSource(file: source, stream: info.stream, start: reading.start, end: reading.end)
    }
    return OverlaySink(
      destination, format: info.format, skeleton: skeleton, overlay: drawing, names: names, encoding: encoding)
  }
}
