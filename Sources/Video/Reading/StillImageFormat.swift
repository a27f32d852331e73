internal import CFFmpeg

/// Image files that hold one picture, told by their first bytes, whatever the name says.
struct StillImageFormat {
  /// Names that count as images when a directory is read.
  static let extensions: Set<String> = [
    "jpg", "jpeg", "png", "bmp", "webp", "tif", "tiff", "ppm", "pgm", "pnm", "pbm", "jp2",
  ]

  let codec: AVCodecID

  init?(head: [UInt8]) {
    func starts(_ bytes: [UInt8], at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: bytes) }
    func starts(_ text: String, at offset: Int = 0) -> Bool { starts(Array(text.utf8), at: offset) }
    if starts([0xFF, 0xD8, 0xFF]) {
      codec = AV_CODEC_ID_MJPEG
    } else if starts([0x89] + Array("PNG\r\n".utf8)) {
      codec = AV_CODEC_ID_PNG
    } else if starts("RIFF"), starts("WEBP", at: 8) {
      codec = AV_CODEC_ID_WEBP
    } else if starts("II*\0") || starts("MM\0*") {
      codec = AV_CODEC_ID_TIFF
    } else if starts("jP  ", at: 4) {
      codec = AV_CODEC_ID_JPEG2000
    } else if starts("BM") {
      codec = AV_CODEC_ID_BMP
    } else if let netpbm = Self.netpbm(head) {
      codec = netpbm
    } else {
      return nil
    }
  }

  /// Whether the file holds several pictures, of which FFmpeg can read none: WebP's header VP8X tells (its second flag).
  func isAnimated(head: [UInt8]) -> Bool {
    codec == AV_CODEC_ID_WEBP && head.count > 20 && head[12..<16].elementsEqual("VP8X".utf8) && head[20] & 2 != 0
  }

  private static func netpbm(_ head: [UInt8]) -> AVCodecID? {
    guard head.count > 2, head[0] == UInt8(ascii: "P"), head[2] == 10 || head[2] == 13 || head[2] == 32 else {
      return nil
    }
    return switch head[1] {
    case UInt8(ascii: "1"), UInt8(ascii: "4"): AV_CODEC_ID_PBM
    case UInt8(ascii: "2"), UInt8(ascii: "5"): AV_CODEC_ID_PGM
    case UInt8(ascii: "3"), UInt8(ascii: "6"): AV_CODEC_ID_PPM
    case UInt8(ascii: "7"): AV_CODEC_ID_PAM
    default: nil
    }
  }
}
