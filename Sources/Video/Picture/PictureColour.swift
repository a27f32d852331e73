internal import CFFmpeg
internal import Imaging

/// What the numbers of one decoded frame mean, with the gaps in its description filled.
///
/// Where the matrix is not stated it is BT.709 for pictures at least 1280 wide or 720 high (or the other way round,
/// for portraits) and BT.601 for smaller ones and for images; that is what players assume.
struct PictureColour: Hashable {
  var isRGB: Bool
  var isFullRange: Bool
  var matrix: PlanarImage.Matrix
  /// Number of swscale's table of coefficients.
  var coefficients: Int32
  var tags: ColourTags

  init(_ frame: AVFrame, isStillImage: Bool) {
    let format = AVPixelFormat(rawValue: frame.format)
    let flags = av_pix_fmt_desc_get(format)?.pointee.flags ?? 0
    isRGB = flags & UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL) != 0
    let isGray = !isRGB && (av_pix_fmt_desc_get(format)?.pointee.nb_components ?? 3) < 3
    let impliesFull = PixelFormat.withoutRange(format) != format || isGray
    isFullRange =
      !isRGB && (frame.color_range == AVCOL_RANGE_JPEG || (impliesFull && frame.color_range != AVCOL_RANGE_MPEG))

    let isLarge = max(frame.width, frame.height) >= 1280 || min(frame.width, frame.height) >= 720
    switch isRGB ? AVCOL_SPC_UNSPECIFIED : frame.colorspace {
    case AVCOL_SPC_BT709: (matrix, coefficients) = (.bt709, SWS_CS_ITU709)
    case AVCOL_SPC_SMPTE240M: (matrix, coefficients) = (.bt709, SWS_CS_SMPTE240M)
    case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M: (matrix, coefficients) = (.bt601, SWS_CS_ITU601)
    case AVCOL_SPC_FCC: (matrix, coefficients) = (.bt601, SWS_CS_FCC)
    case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL, AVCOL_SPC_ICTCP:
      (matrix, coefficients) = (.bt2020, SWS_CS_BT2020)
    default:
      (matrix, coefficients) = isLarge && !isStillImage ? (.bt709, SWS_CS_ITU709) : (.bt601, SWS_CS_ITU601)
    }
    tags = ColourTags(
      primaries: Int(frame.color_primaries.rawValue), transfer: Int(frame.color_trc.rawValue),
      matrix: Int(frame.colorspace.rawValue), isFullRange: isFullRange,
      chromaLocation: Int(frame.chroma_location.rawValue))
    // RGB is stored as YUV from here on, and a matrix that was guessed for that has to be told.
    if isRGB || isStillImage {
      tags.matrix = Int((matrix == .bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M).rawValue)
    }
  }
}

enum PixelFormat {
  /// Whether colours are stored as one sample of chroma for four of luma, at any depth.
  static func isQuartered(_ format: AVPixelFormat) -> Bool {
    guard let description = av_pix_fmt_desc_get(format)?.pointee else { return false }
    return description.log2_chroma_w == 1 && description.log2_chroma_h == 1 && description.nb_components >= 3
  }

  /// Whether it is what a JPEG file decodes to, with chroma in whole or in half of the columns and rows.
  static func isOfJPEG(_ format: AVPixelFormat) -> Bool {
    [AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P].contains(format)
  }

  /// The formats whose names imply full range, as the plain format of the same layout.
  static func withoutRange(_ format: AVPixelFormat) -> AVPixelFormat {
    switch format {
    case AV_PIX_FMT_YUVJ420P: AV_PIX_FMT_YUV420P
    case AV_PIX_FMT_YUVJ422P: AV_PIX_FMT_YUV422P
    case AV_PIX_FMT_YUVJ444P: AV_PIX_FMT_YUV444P
    case AV_PIX_FMT_YUVJ440P: AV_PIX_FMT_YUV440P
    case AV_PIX_FMT_YUVJ411P: AV_PIX_FMT_YUV411P
    default: format
    }
  }
}
