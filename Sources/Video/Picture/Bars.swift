internal import CFFmpeg
internal import Timing

/// Black bars around a picture whose shape, by its size or that of its pixels, is not that of the first one, so that scaling
/// it does not stretch people.
struct Bars {
  struct Barred {
    var frame: OwnedFrame
    /// Of the picture in the frame, in stored pixels.
    var left: Int
    var top: Int
  }

  /// Shapes that differ by no more than this part are taken for equal, as rounding to whole pixels makes them differ.
  private static let tolerance = 0.02

  /// Width to height of the first picture as it is shown.
  let shape: Double

  /// - Parameter pixelShape: width to height of a pixel; nil where the file does not say.
  init(width: Int, height: Int, pixelShape: Rational?) {
    shape = Double(width) * (pixelShape?.value ?? 1) / Double(height)
  }

  /// Whether the shape of the frame is another.
  func areNeeded(by frame: AVFrame, _ orientation: Orientation) -> Bool {
    let (own, wanted) = shapes(frame, orientation)
    return abs(own / wanted - 1) > Self.tolerance
  }

  private func shapes(_ frame: AVFrame, _ orientation: Orientation) -> (own: Double, wanted: Double) {
    let ratio = Rational(frame.sample_aspect_ratio)
    let own = Double(frame.width) / Double(frame.height) * (ratio.isPositive ? ratio.value : 1)
    return (own, orientation.transposes ? 1 / shape : shape)
  }

  /// The frame with bars, and where it lies between them; nil where it needs none.
  func added(to frame: AVFrame, _ orientation: Orientation) throws(FFmpegError) -> Barred? {
    guard areNeeded(by: frame, orientation) else { return nil }
    let (width, height) = (Int(frame.width), Int(frame.height))
    let (own, wanted) = shapes(frame, orientation)
    let padded = (
      width: own < wanted ? Int((Double(width) * wanted / own).rounded()) : width,
      height: own < wanted ? height : Int((Double(height) * own / wanted).rounded())
    )
    return try centred(frame, width: padded.width, height: padded.height)
  }

  private func centred(_ frame: AVFrame, width: Int, height: Int) throws(FFmpegError) -> Barred {
    let made = try OwnedFrame()
    let target = made.pointer
    target.pointee.format = frame.format
    (target.pointee.width, target.pointee.height) = (Int32(clamping: width), Int32(clamping: height))
    try check(av_frame_get_buffer(target, 0))
    // Multiples of eight fall on whole chroma samples in every format.
    let left = (width - Int(frame.width)) / 16 * 8
    let top = (height - Int(frame.height)) / 16 * 8
    try withUnsafePointer(to: frame) { source throws(FFmpegError) in
      _ = try check(av_frame_copy_props(target, source))
      try fillBlack(target)
      try copy(source, to: target, left: Int32(left), top: Int32(top))
    }
    return Barred(frame: made, left: left, top: top)
  }

  private func fillBlack(_ frame: UnsafeMutablePointer<AVFrame>) throws(FFmpegError) {
    let strides = Self.four(frame.pointee.linesize).map { Int($0) }
    var planes = Self.four(frame.pointee.data)
    try check(
      av_image_fill_black(
        &planes, strides, AVPixelFormat(rawValue: frame.pointee.format), frame.pointee.color_range,
        frame.pointee.width, frame.pointee.height))
  }

  private func copy(
    _ source: UnsafePointer<AVFrame>, to target: UnsafeMutablePointer<AVFrame>, left: Int32, top: Int32
  ) throws(FFmpegError) {
    let format = AVPixelFormat(rawValue: source.pointee.format)
    let chromaHeight = av_pix_fmt_desc_get(format)?.pointee.log2_chroma_h ?? 0
    var strides = Self.four(target.pointee.linesize)
    var planes = Self.four(target.pointee.data)
    for plane in planes.indices {
      guard let start = planes[plane] else { continue }
      let isChroma = plane == 1 || plane == 2
      let row = isChroma ? top >> Int32(chromaHeight) : top
      let column = try check(av_image_get_linesize(format, left, Int32(plane)))
      planes[plane] = start + Int(row) * Int(strides[plane]) + Int(column)
    }
    var from = Self.four(source.pointee.data).map { UnsafePointer($0) }
    av_image_copy(
      &planes, &strides, &from, Self.four(source.pointee.linesize), format, source.pointee.width, source.pointee.height)
  }

  private static func four<T>(_ all: (T, T, T, T, T, T, T, T)) -> [T] { [all.0, all.1, all.2, all.3] }
}
