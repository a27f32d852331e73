internal import CFFmpeg

/// One conversion between pixel formats and sizes, kept as long as its kind stays the same. Owns the swscale context.
final class Scaler {
  struct Kind: Hashable {
    var sourceWidth: Int32
    var sourceHeight: Int32
    var sourceFormat: Int32
    var sourceIsFullRange: Bool
    /// Number of swscale's table.
    var sourceCoefficients: Int32
    var width: Int32
    var height: Int32
    var format: Int32
    var isFullRange: Bool
    var coefficients: Int32

    /// Whether nothing is to be done.
    var keepsPixels: Bool {
      sourceFormat == format && sourceWidth == width && sourceHeight == height && sourceIsFullRange == isFullRange
        && sourceCoefficients == coefficients
    }
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
    guard let made = sws_alloc_context() else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    context = made
    // Ranges have to be known before: what only copies would not convert them.
    let options: [(String, Int64)] = [
      ("srcw", Int64(kind.sourceWidth)), ("srch", Int64(kind.sourceHeight)), ("src_format", Int64(kind.sourceFormat)),
      ("src_range", kind.sourceIsFullRange ? 1 : 0), ("dstw", Int64(kind.width)), ("dsth", Int64(kind.height)),
      ("dst_format", Int64(kind.format)), ("dst_range", kind.isFullRange ? 1 : 0), ("sws_flags", Int64(flags)),
    ]
    for (name, value) in options { try check(av_opt_set_int(UnsafeMutableRawPointer(made), name, value, 0)) }
    try check(sws_init_context(made, nil, nil))
    sws_setColorspaceDetails(
      made, sws_getCoefficients(kind.sourceCoefficients), kind.sourceIsFullRange ? 1 : 0,
      sws_getCoefficients(kind.coefficients), kind.isFullRange ? 1 : 0, 0, 1 << 16, 1 << 16)
    self.kind = kind
  }
}
