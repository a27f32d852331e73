public import Timing

/// What a source says about itself, known once it is open.
public struct VideoInfo: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case video, image, imageSequence }

  public var kind: Kind
  /// Size, aspect ratio, time base, frame rate and colours of the pictures as ``VideoReader`` gives them.
  public var format: PictureFormat
  /// FFmpeg's names, such as "h264" and "mov,mp4,m4a,3gp,3g2,mj2"; the container is empty for images.
  public var codec: String
  public var container: String
  /// Index of the video stream in the file.
  public var stream: Int
  /// Where players put zero: the start of the container, or 0 where sound starts before that.
  public var startTime: MediaTime
  /// Whether ``startTime`` says nothing, as in MPEG transport streams, whose clocks begin anywhere: what is made of the
  /// source begins at zero.
  public var hasArbitraryStart = false
  public var duration: MediaTime?
  /// Over the whole source, before any start, end or stride; nil where it can't be told without decoding.
  public var estimatedFrameCount: Int?
  /// Whether the source counts its frames itself; otherwise the estimate may be too low or too high.
  public var isFrameCountStated = false
  public var audioStreamCount: Int
  /// The names of the files, in order, where the source is a directory of images.
  public var frameNames: [String]?

  public var width: Int { format.width }
  public var height: Int { format.height }

  /// How many frames reading with `options` may give; nil where it can't be told.
  public func frameCount(of options: VideoReaderOptions) -> Int? {
    guard let count = estimatedFrameCount else { return nil }
    let rate = Double(count) / max(duration?.seconds ?? 0, 1e-9)
    let from = options.start.map { Int(min($0 * rate, Double(count))) } ?? 0
    let to = options.end.map { Int(min(($0 * rate).rounded(.up), Double(count))) } ?? count
    return min(options.maxFrames ?? .max, (max(0, to - from) + options.stride - 1) / options.stride)
  }
}
