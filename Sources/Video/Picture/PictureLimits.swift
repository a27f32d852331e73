internal import CFFmpeg
internal import Foundation

/// Sizes beyond these are refused before memory is taken: a few bytes of hostile file can claim any size.
struct PictureLimits {
  static let side = 16384
  static let video = PictureLimits(area: 1 << 26)
  /// Photos are larger than the pictures of any video, and are decoded one at a time.
  static let photo = PictureLimits(area: 1 << 27)

  /// Pixels.
  let area: Int

  func check(width: Int, height: Int, file: URL) throws(VideoError) {
    guard width <= Self.side, height <= Self.side, width * height <= area else {
      throw VideoError(
        .tooLarge, file: file,
        "pictures of \(width)x\(height) are larger than supported (\(Self.side) a side, \(area >> 20) million pixels);"
          + " scale them down")
    }
  }
}

/// The threads of a decoder or an encoder. Each may work on a picture of its own, or all on parts of one.
enum PictureThreads {
  /// Pictures that are worked on together take no more bytes than this.
  private static let mostBytes = 64 << 20
  /// More than any codec takes of itself.
  private static let many = 24

  /// - Parameter count: 0 for as many as the codec likes.
  static func set(_ count: Int, of context: UnsafeMutablePointer<AVCodecContext>) {
    let pixels = Int(context.pointee.width) * Int(context.pointee.height)
    let most = mostBytes / max(1, pixels * 3 / 2)
    if most < 2 {
      context.pointee.thread_type = FF_THREAD_SLICE
      context.pointee.thread_count = Int32(clamping: count)
    } else {
      context.pointee.thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE
      let likes = count == 0 && most < many ? Int(av_cpu_count()) + 1 : count
      context.pointee.thread_count = Int32(clamping: min(likes, most))
    }
  }
}
