internal import CFFmpeg

/// One conversion between pixel formats and sizes, kept as long as its kind stays the same. Owns the swscale context.
final class Scaler {
  struct Kind: Hashable {
    var sourceWidth: Int32
    var sourceHeight: Int32
    var sourceFormat: Int32
    var sourceIsFullRange: Bool
    var width: Int32
    var height: Int32
    var format: Int32
    var isFullRange: Bool
    var coefficients: Int32
  }

  private var kind: Kind?
  private var context: OpaquePointer?

  deinit { sws_freeContext(context) }

  /// Converts the planes of `frame` to `planes`, whose rows are `strides` bytes apart.
  func convert(
    _ frame: AVFrame, _ kind: Kind, to planes: [UnsafeMutablePointer<UInt8>?], strides: [Int32]
  ) throws(FFmpegError) {
    if kind != self.kind { try prepare(kind) }
    var frame = frame
    let lines = withUnsafePointer(to: &frame.linesize) { lineSizes in
      withUnsafePointer(to: &frame.data) { data in
        lineSizes.withMemoryRebound(to: Int32.self, capacity: 8) { lineSizes in
          data.withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) { data in
            sws_scale(context, data, lineSizes, 0, frame.height, planes, strides)
          }
        }
      }
    }
    try check(lines)
    if lines == 0 { throw FFmpegError(code: ffmpeg_error_invalid_data()) }
  }

  private func prepare(_ kind: Kind) throws(FFmpegError) {
    sws_freeContext(context)
    context = nil
    self.kind = nil
    let isSameSize = kind.sourceWidth == kind.width && kind.sourceHeight == kind.height
    let exact = SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP
    let flags = exact | (isSameSize ? SWS_BILINEAR : SWS_BICUBIC)
    guard
      let made = sws_getContext(
        kind.sourceWidth, kind.sourceHeight, AVPixelFormat(rawValue: kind.sourceFormat), kind.width, kind.height,
        AVPixelFormat(rawValue: kind.format), flags, nil, nil, nil)
    else { throw FFmpegError(code: ffmpeg_error_invalid_data()) }
    context = made
    let table = sws_getCoefficients(kind.coefficients)
    sws_setColorspaceDetails(
      made, table, kind.sourceIsFullRange ? 1 : 0, table, kind.isFullRange ? 1 : 0, 0, 1 << 16, 1 << 16)
    self.kind = kind
  }
}
