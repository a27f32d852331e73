package import Foundation
package import Timing

/// How a video is encoded and where its sound comes from.
package struct VideoWriterOptions: Hashable, Sendable, Codable {
  /// FFmpeg's name of a video encoder, such as libx264, libx265, libvpx-vp9, libsvtav1 or mpeg4.
  package var encoder = "libx264"
  /// Constant quality on the encoder's own scale, smaller is better; nil takes a default for the encoder.
  package var quality: Double?
  /// Speed on the encoder's own scale ("veryfast" for libx264, "8" for libsvtav1); nil takes a default for the encoder.
  package var preset: String?
  /// Whether an existing file is replaced.
  package var overwrites = false
  /// Taken off every time stamp of picture and sound; nil keeps those of the source.
  package var origin: MediaTime?
  /// The file whose sound is copied.
  package var sound: SoundSource?

  package init() {}

  /// What decides how pictures are encoded, under the names of the command's options.
  private enum CodingKeys: String, CodingKey {
    case encoder, preset
    case quality = "crf"
  }
}

/// A file whose audio streams go along with the pictures, cut as they are.
package struct SoundSource: Hashable, Sendable {
  package var file: URL
  /// ``VideoInfo/stream`` of the pictures that the sound goes with; nil takes the best.
  package var stream: Int?
  /// Sound from this many seconds from ``VideoInfo/startTime`` on.
  package var start: Double?
  /// Sound up to this many seconds from ``VideoInfo/startTime``.
  package var end: Double?

  package init(file: URL, stream: Int? = nil, start: Double? = nil, end: Double? = nil) {
    self.file = file
    self.stream = stream
    self.start = start
    self.end = end
  }
}
