public import Foundation
public import Timing

/// How a video is encoded and where its sound comes from.
public struct VideoWriterOptions: Hashable, Sendable, Codable {
  /// FFmpeg's name of a video encoder, such as libx264, libx265, libvpx-vp9, libsvtav1 or mpeg4.
  public var encoder = "libx264"
  /// Constant quality on the encoder's own scale, smaller is better; nil takes a default for the encoder.
  public var quality: Double?
  /// Speed on the encoder's own scale ("veryfast" for libx264, "8" for libsvtav1); nil takes a default for the encoder.
  public var preset: String?
  /// Whether an existing file is replaced.
  public var overwrites = false
  /// Taken off every time stamp of picture and sound; nil keeps those of the source.
  public var origin: MediaTime?
  /// The file whose sound is copied.
  public var sound: SoundSource?

  public init() {}

  /// What decides how pictures are encoded, under the names of the command's options.
  private enum CodingKeys: String, CodingKey {
    case encoder, preset
    case quality = "crf"
  }
}

/// A file whose audio streams go along with the pictures, cut as they are.
public struct SoundSource: Hashable, Sendable {
  public var file: URL
  /// ``VideoInfo/stream`` of the pictures that the sound goes with; nil takes the best.
  public var stream: Int?
  /// Sound from this many seconds from ``VideoInfo/startTime`` on.
  public var start: Double?
  /// Sound up to this many seconds from ``VideoInfo/startTime``.
  public var end: Double?

  public init(file: URL, stream: Int? = nil, start: Double? = nil, end: Double? = nil) {
    self.file = file
    self.stream = stream
    self.start = start
    self.end = end
  }
}
