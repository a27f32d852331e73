public import Timing

/// What to read and in which form.
public struct VideoReaderOptions: Hashable, Sendable, Codable {
  /// Index of the stream in the file; nil takes the best video stream: default ones first, then the largest.
  public var stream: Int?
  /// Frames shown at or after this many seconds from ``VideoInfo/startTime``.
  public var start: Double?
  /// Frames shown before this many seconds from ``VideoInfo/startTime``.
  public var end: Double?
  /// At most so many frames are given.
  public var maxFrames: Int?
  /// Every so many frames one is given, counted from the first one at or after ``start``.
  public var stride = 1
  public var deinterlacing = Deinterlacing.auto
  /// Whether ``Frame/picture`` is made.
  public var wantsPicture = true
  /// Whether ``Frame/planar`` is made.
  public var wantsPlanar = false
  /// Decoder threads; 0 lets the decoder choose.
  public var threads = 0
  /// Pictures a second, where the source is a directory or one image.
  public var imageFrameRate = Rational(25, 1)

  public init() {}

  /// What decides which pictures there are, under the names of the command's options.
  private enum CodingKeys: String, CodingKey {
    case stream, start, end, stride
    case maxFrames = "max-frames"
    case imageFrameRate = "frame-rate"
    case deinterlacing = "deinterlace"
  }
}
