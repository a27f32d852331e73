package import Timing

/// What to read and in which form.
package struct VideoReaderOptions: Hashable, Sendable, Codable {
  /// Index of the stream in the file; nil takes the best video stream: default ones first, then the largest.
  package var stream: Int?
  /// Frames shown at or after this many seconds from ``VideoInfo/startTime``.
  package var start: Double?
  /// Frames shown before this many seconds from ``VideoInfo/startTime``.
  package var end: Double?
  /// At most so many frames are given.
  package var maxFrames: Int?
  /// Of the frames that the other options choose, those with such an index; nil for all. What results say of themselves does not
  /// name it: parts together are a whole.
  package var frames: Range<Int>?
  /// Every so many frames one is given, counted from the first one at or after ``start``.
  package var stride = 1
  package var deinterlacing = Deinterlacing.auto
  /// Whether ``Frame/picture`` is made.
  package var wantsPicture = true
  /// Whether ``Frame/planar`` is made.
  package var wantsPlanar = false
  /// Decoder threads; 0 lets the decoder choose.
  package var threads = 0
  /// Pictures a second, where the source is a directory or one image.
  package var imageFrameRate = Rational(25, 1)

  package init() {}

  /// What decides which pictures there are, under the names of the command's options.
  private enum CodingKeys: String, CodingKey {
    case stream, start, end, stride
    case maxFrames = "max-frames"
    case imageFrameRate = "frame-rate"
    case deinterlacing = "deinterlace"
  }
}
