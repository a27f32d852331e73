package import Timing

/// What a source says about itself, known once it is open.
package struct VideoInfo: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable { case video, image, imageSequence }

  package var kind: Kind
  /// Size, aspect ratio, time base, frame rate and colours of the pictures as ``VideoReader`` gives them.
  package var format: PictureFormat
  /// FFmpeg's names, such as "h264" and "mov,mp4,m4a,3gp,3g2,mj2"; the container is empty for images.
  package var codec: String
  package var container: String
  /// Index of the video stream in the file.
  package var stream: Int
  /// Where players put zero: the start of the container, or 0 where sound starts before that.
  package var startTime: MediaTime
  /// Whether ``startTime`` says nothing, as in MPEG transport streams, whose clocks begin anywhere: what is made of the
  /// source begins at zero.
  package var hasArbitraryStart = false
  package var duration: MediaTime?
  /// Over the whole source, before any start, end or stride; nil where it can't be told without decoding.
  package var estimatedFrameCount: Int?
  /// Whether the source counts its frames itself; otherwise the estimate may be too low or too high.
  package var isFrameCountStated = false
  package var audioStreamCount: Int
  /// The names of the files, in order, where the source is a directory of images.
  package var frameNames: [String]?

  package var width: Int { format.width }
  package var height: Int { format.height }

  /// How many frames reading with `options` may give, of those whose indices are in a range; nil where it can't be told.
  package func frameCount(of options: VideoReaderOptions, within range: Range<Int>? = nil) -> Int? {
    guard let count = estimatedFrameCount else { return nil }
    let rate = Double(count) / max(duration?.seconds ?? 0, 1e-9)
    let from = options.start.map { Int(min($0 * rate, Double(count))) } ?? 0
    let to = options.end.map { Int(min(($0 * rate).rounded(.up), Double(count))) } ?? count
    let asked = from..<max(from, to)
    let indices = range.map { asked.clamped(to: $0) } ?? asked
    return min(options.maxFrames ?? .max, (indices.count + options.stride - 1) / options.stride)
  }
}
