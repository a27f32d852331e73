internal import CFFmpeg
internal import Imaging

/// How a stored picture is turned to stand upright: swap the axes first, then mirror.
struct Orientation: Hashable {
  var transposes = false
  var mirrorsX = false
  var mirrorsY = false

  static let upright = Orientation()

  /// From a display matrix of FFmpeg (libavutil/display.h), 3 × 3 with the top left 2 × 2 as 16.16 fixed point,
  /// which maps stored to displayed coordinates. Other angles are rounded to the nearest right angle.
  init(displayMatrix m: [Int32]) {
    guard m.count == 9 else { return }
    let straight = Int64(m[0].magnitude) + Int64(m[4].magnitude)
    let crossed = Int64(m[1].magnitude) + Int64(m[3].magnitude)
    transposes = crossed > straight
    mirrorsX = (transposes ? m[3] : m[0]) < 0
    mirrorsY = (transposes ? m[1] : m[4]) < 0
  }

  init() {}

  /// From the values of Exif and TIFF, 1 to 8: where the stored picture's first row and column are to be seen.
  init(exif: Int) {
    (transposes, mirrorsX, mirrorsY) =
      switch exif {
      case 2: (false, true, false)
      case 3: (false, true, true)
      case 4: (false, false, true)
      case 5: (true, false, false)
      case 6: (true, true, false)
      case 7: (true, true, true)
      case 8: (true, false, true)
      default: (false, false, false)
      }
  }

  init(of stream: UnsafeMutablePointer<AVStream>) {
    self.init(displayMatrix: Self.matrix(ffmpeg_display_matrix(stream)))
  }

  /// What the frame itself says; nil where it says nothing.
  init?(of frame: UnsafePointer<AVFrame>) {
    guard let side = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX), side.pointee.size >= 36 else {
      return nil
    }
    self.init(displayMatrix: Self.matrix(side.pointee.data))
  }

  private static func matrix(_ bytes: UnsafePointer<UInt8>?) -> [Int32] {
    guard let bytes else { return [] }
    let raw = UnsafeRawPointer(bytes)
    return (0..<9).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self) }
  }

  func size(width: Int, height: Int) -> (width: Int, height: Int) {
    transposes ? (height, width) : (width, height)
  }

  /// Copies a stored plane of `width` × `height` pixels of type `Pixel` into its upright place. Strides are in pixels.
  func copy<Pixel>(
    _ source: UnsafePointer<Pixel>, stride: Int, width: Int, height: Int, to target: UnsafeMutablePointer<Pixel>,
    targetStride: Int
  ) {
    let upright = size(width: width, height: height)
    // One step to the right, and one down, in the target.
    let right = (transposes ? stride : 1) * (mirrorsX ? -1 : 1)
    let down = (transposes ? 1 : stride) * (mirrorsY ? -1 : 1)
    let origin =
      (mirrorsX ? -right * (upright.width - 1) : 0) + (mirrorsY ? -down * (upright.height - 1) : 0)
    // Blocks keep both the rows read and the rows written in the cache.
    let block = 32
    for top in Swift.stride(from: 0, to: upright.height, by: block) {
      let bottom = min(top + block, upright.height)
      for left in Swift.stride(from: 0, to: upright.width, by: block) {
        let end = min(left + block, upright.width)
        for y in top..<bottom {
          var read = source + (origin + y * down + left * right)
          let row = target + y * targetStride
          for x in left..<end {
            row[x] = read.pointee
            read += right
          }
        }
      }
    }
  }
}
