internal import CFFmpeg
internal import Foundation
internal import Imaging
internal import Timing

/// Makes upright pictures, and planes of one size, range and matrix, out of decoded frames. Pictures of a video have that one
/// size, too; photos keep their own.
final class PictureConverter {
  struct Converted {
    var picture: Picture
    var planar: PlanarImage?
    /// Of the picture, also where it was not asked for.
    var width: Int
    var height: Int
    /// Of the picture in the planes; nil where they are the same.
    var placement: Placement?
  }

  /// Size of all planes made: that of the first picture.
  let width: Int
  let height: Int
  /// Colours of all planes made: those of the first picture.
  private let colour: PictureColour

  /// swscale's vector code writes up to so many bytes past the end of a row; the next row mends that but for the last.
  private static let slack = 256

  private let file: URL
  private let isStillImage: Bool
  private let bars: Bars
  private let rgb = Scaler()
  private let planar = Scaler()
  private let ownSize = Scaler()
  private var scratch: [UInt8] = []

  /// - Parameters:
  ///   - pixelShape: width to height of a pixel of the first picture; nil where the file does not say.
  ///   - colour: how the first picture's numbers mean colours.
  init(width: Int, height: Int, pixelShape: Rational?, colour: PictureColour, isStillImage: Bool, file: URL) {
    self.width = width
    self.height = height
    self.colour = colour
    bars = Bars(width: width, height: height, pixelShape: pixelShape)
    self.isStillImage = isStillImage
    self.file = file
  }

  /// The picture to look at is RGB only where planes would lose some of its colour.
  func convert(
    _ decoded: OwnedFrame, _ orientation: Orientation, wantsPicture: Bool, wantsPlanar: Bool
  ) throws(VideoError) -> Converted {
    do throws(FFmpegError) {
      let frame = decoded.pointer.pointee
      let own = orientation.size(width: Int(frame.width), height: Int(frame.height))
      if isStillImage, own != (width, height) || bars.areNeeded(by: frame, orientation) {
        return try convertPhoto(decoded, orientation, own, wantsPicture: wantsPicture, wantsPlanar: wantsPlanar)
      }
      let source = try aligned(try bars.added(to: frame, orientation)?.frame ?? decoded)
      let planes = wantsPlanar || wantsPicture && looksAtPlanes(frame) ? try self.planes(source, orientation) : nil
      let picture = wantsPicture ? try picture(source, orientation, planes, width: width, height: height) : .none
      return Converted(picture: picture, planar: planes, width: width, height: height)
    } catch {
      let name = av_get_pix_fmt_name(AVPixelFormat(rawValue: decoded.pointer.pointee.format))
      throw error.videoError(
        .noDecoder, file: file,
        "pictures of the form \(name.map { String(cString: $0) } ?? "?") can't be converted; convert the file first")
    }
  }

  /// A picture of its own size, and planes into which it is fitted.
  private func convertPhoto(
    _ decoded: OwnedFrame, _ orientation: Orientation, _ own: (width: Int, height: Int), wantsPicture: Bool,
    wantsPlanar: Bool
  ) throws(FFmpegError) -> Converted {
    let frame = decoded.pointer.pointee
    var converted = Converted(picture: .none, width: own.width, height: own.height)
    if wantsPicture {
      let source = try aligned(decoded)
      let planes =
        looksAtPlanes(frame)
        ? try planes(source, orientation, width: own.width, height: own.height, ownSize) : nil
      converted.picture = try picture(source, orientation, planes, width: own.width, height: own.height)
    }
    if wantsPlanar {
      let barred = try bars.added(to: frame, orientation)
      let whole = try aligned(barred?.frame ?? decoded)
      converted.planar = try planes(whole, orientation)
      converted.placement = Placement(
        (barred?.left ?? 0, barred?.top ?? 0, Int(frame.width), Int(frame.height)),
        in: (Int(whole.pointer.pointee.width), Int(whole.pointer.pointee.height)), orientation, width: width,
        height: height)
    }
    return converted
  }

  private func looksAtPlanes(_ frame: AVFrame) -> Bool {
    !isJPEG(frame) && PixelFormat.isQuartered(AVPixelFormat(rawValue: frame.format))
  }

  /// Whether it is a photo in the colours of JPEG, which are made as libjpeg makes them.
  private func isJPEG(_ frame: AVFrame) -> Bool {
    isStillImage && PixelFormat.isOfJPEG(AVPixelFormat(rawValue: frame.format))
      && PictureColour(frame, isStillImage: true).matrix == .bt601
  }

  private func picture(
    _ source: OwnedFrame, _ orientation: Orientation, _ planes: PlanarImage?, width: Int, height: Int
  ) throws(FFmpegError) -> Picture {
    if let planes, looksAtPlanes(source.pointer.pointee) { return .planar(planes) }
    return .rgb(try image(source, orientation, width: width, height: height))
  }

  /// The frame with rows from top to bottom that begin where vector code wants them, which exact cropping may have moved.
  private func aligned(_ decoded: OwnedFrame) throws(FFmpegError) -> OwnedFrame {
    let frame = decoded.pointer.pointee
    let planes = [frame.data.0, frame.data.1, frame.data.2, frame.data.3]
    let strides = [frame.linesize.0, frame.linesize.1, frame.linesize.2, frame.linesize.3]
    if planes.allSatisfy({ UInt(bitPattern: $0) % 16 == 0 }), strides.allSatisfy({ $0 >= 0 }) {
      return try OwnedFrame(sharing: decoded)
    }
    let copy = try OwnedFrame()
    let target = copy.pointer
    target.pointee.format = frame.format
    target.pointee.width = frame.width
    target.pointee.height = frame.height
    try check(av_frame_get_buffer(target, 0))
    try check(av_frame_copy_props(target, decoded.pointer))
    try check(av_frame_copy(target, decoded.pointer))
    return copy
  }

  private func kind(
    _ frame: AVFrame, _ colour: PictureColour, _ orientation: Orientation, width: Int, height: Int
  ) -> Scaler.Kind {
    let stored = orientation.size(width: width, height: height)
    let format = PixelFormat.withoutRange(AVPixelFormat(rawValue: frame.format))
    return Scaler.Kind(
      sourceWidth: frame.width, sourceHeight: frame.height, sourceFormat: format.rawValue,
      sourceIsFullRange: colour.isFullRange || colour.isRGB, sourceCoefficients: colour.coefficients,
      width: Int32(stored.width), height: Int32(stored.height), format: AV_PIX_FMT_RGB24.rawValue, isFullRange: true,
      coefficients: colour.coefficients)
  }

  private func image(
    _ source: OwnedFrame, _ orientation: Orientation, width: Int, height: Int
  ) throws(FFmpegError) -> Image {
    defer { withExtendedLifetime(source) {} }
    let frame = source.pointer.pointee
    let colour = PictureColour(frame, isStillImage: isStillImage)
    if isJPEG(frame), orientation.size(width: Int(frame.width), height: Int(frame.height)) == (width, height) {
      return turned(Image(jpegPlanes(source)), orientation)
    }
    let kind = kind(frame, colour, orientation, width: width, height: height)
    // The vector code leaves out the last pixels of a row whose width is no multiple of eight.
    let isDirect = orientation == .upright && kind.width % 8 == 0
    let rowBytes = (Int(kind.width) + 7) / 8 * 24
    if isDirect {
      let pixels = try bytes(height * rowBytes, slack: Self.slack) { target throws(FFmpegError) in
        try rgb.convert(frame, kind, to: [target], strides: [Int32(rowBytes)])
      }
      return Image(width: width, height: height, pixels: pixels)
    }
    let size = rowBytes * Int(kind.height) + Self.slack
    if scratch.count != size { scratch = [UInt8](repeating: 0, count: size) }
    var failure: FFmpegError?
    scratch.withUnsafeMutableBufferPointer { buffer in
      do throws(FFmpegError) {
        try rgb.convert(frame, kind, to: [buffer.baseAddress], strides: [Int32(rowBytes)])
      } catch { failure = error }
    }
    if let failure { throw failure }
    let pixels = bytes(width * height * 3) { target in
      scratch.withUnsafeBytes { source in
        copyPixels(source.baseAddress, rowBytes, Int(kind.width), Int(kind.height), orientation, target)
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  private func jpegPlanes(_ source: OwnedFrame) -> Image.JPEGPlanes {
    let frame = source.pointer.pointee
    let shifts = av_pix_fmt_desc_get(AVPixelFormat(rawValue: frame.format))?.pointee
    let (columns, rows) = (Int(shifts?.log2_chroma_w ?? 0), Int(shifts?.log2_chroma_h ?? 0))
    let (width, height) = (Int(frame.width), Int(frame.height))
    func plane(_ data: UnsafeMutablePointer<UInt8>!, _ stride: Int32, _ columns: Int, _ rows: Int) -> Plane {
      Plane(
        width: (width + (1 << columns) - 1) >> columns, height: (height + (1 << rows) - 1) >> rows, borrowing: data,
        stride: Int(stride), from: source)
    }
    return Image.JPEGPlanes(
      luma: plane(frame.data.0, frame.linesize.0, 0, 0),
      blueChroma: plane(frame.data.1, frame.linesize.1, columns, rows),
      redChroma: plane(frame.data.2, frame.linesize.2, columns, rows))
  }

  private func turned(_ image: Image, _ orientation: Orientation) -> Image {
    if orientation == .upright { return image }
    let (width, height) = orientation.size(width: image.width, height: image.height)
    let pixels = bytes(width * height * 3) { (target: UnsafeMutablePointer<UInt8>) in
      image.pixels.withUnsafeBytes { source in
        copyPixels(source.baseAddress, image.width * 3, image.width, image.height, orientation, target)
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  private func copyPixels(
    _ source: UnsafeRawPointer?, _ rowBytes: Int, _ width: Int, _ height: Int, _ orientation: Orientation,
    _ target: UnsafeMutablePointer<UInt8>
  ) {
    guard let source else { return }
    if orientation == .upright {
      for row in 0..<height { memcpy(target + row * width * 3, source + row * rowBytes, width * 3) }
      return
    }
    // Rows are whole pixels long: 24 bytes for every eight.
    orientation.copy(
      source.assumingMemoryBound(to: RGBPixel.self), stride: rowBytes / 3, width: width, height: height,
      to: UnsafeMutableRawPointer(target).assumingMemoryBound(to: RGBPixel.self),
      targetStride: orientation.size(width: width, height: height).width)
  }

  /// The picture as 4:2:0 in the size of the first, and its range and matrix.
  private func planes(_ source: OwnedFrame, _ orientation: Orientation) throws(FFmpegError) -> PlanarImage {
    try planes(source, orientation, width: width, height: height, planar)
  }

  /// The picture as 4:2:0 in a size, and in the first one's range and matrix, without a copy where it is stored so.
  private func planes(
    _ source: OwnedFrame, _ orientation: Orientation, width: Int, height: Int, _ scaler: Scaler
  ) throws(FFmpegError) -> PlanarImage {
    let frame = source.pointer.pointee
    let stored = PictureColour(frame, isStillImage: isStillImage)
    var kind = kind(frame, stored, orientation, width: width, height: height)
    kind.format = AV_PIX_FMT_YUV420P.rawValue
    (kind.isFullRange, kind.coefficients) = (colour.isFullRange, colour.coefficients)
    // An RGB picture is converted by the matrix of the first.
    if stored.isRGB { kind.sourceCoefficients = kind.coefficients }
    if kind.keepsPixels { return upright(source, orientation) }
    let made = try OwnedFrame()
    made.pointer.pointee.format = kind.format
    made.pointer.pointee.width = kind.width
    made.pointer.pointee.height = kind.height
    try check(av_frame_get_buffer(made.pointer, 0))
    let target = made.pointer.pointee
    try scaler.convert(
      frame, kind, to: [target.data.0, target.data.1, target.data.2],
      strides: [target.linesize.0, target.linesize.1, target.linesize.2])
    return upright(made, orientation)
  }

  /// The planes of a 4:2:0 frame: the frame's own where it stands upright, else turned copies.
  private func upright(_ source: OwnedFrame, _ orientation: Orientation) -> PlanarImage {
    func plane(_ data: UnsafeMutablePointer<UInt8>!, _ stride: Int32, _ width: Int, _ height: Int) -> Plane {
      let stride = Int(stride)
      if orientation == .upright {
        return Plane(width: width, height: height, borrowing: data, stride: stride, from: source)
      }
      let size = orientation.size(width: width, height: height)
      return Plane(width: size.width, height: size.height) { target, targetStride in
        orientation.copy(data, stride: stride, width: width, height: height, to: target, targetStride: targetStride)
      }
    }
    let frame = source.pointer.pointee
    let (w, h) = (Int(frame.width), Int(frame.height))
    let (cw, ch) = ((w + 1) / 2, (h + 1) / 2)
    return PlanarImage(
      matrix: colour.matrix, isFullRange: colour.isFullRange,
      luma: plane(frame.data.0, frame.linesize.0, w, h), blueChroma: plane(frame.data.1, frame.linesize.1, cw, ch),
      redChroma: plane(frame.data.2, frame.linesize.2, cw, ch))
  }

  /// An array whose bytes `fill` writes, all of them.
  private func bytes<E: Error>(
    _ count: Int, slack: Int = 0, fill: (UnsafeMutablePointer<UInt8>) throws(E) -> Void
  ) throws(E) -> [UInt8] {
    var failure: E?
    let bytes = [UInt8](unsafeUninitializedCapacity: count + slack) { buffer, initialized in
      if let base = buffer.baseAddress {
        do throws(E) { try fill(base) } catch { failure = error }
      }
      initialized = count
    }
    if let failure { throw failure }
    return bytes
  }
}

/// Three bytes that move together.
struct RGBPixel {
  var red: UInt8
  var green: UInt8
  var blue: UInt8
}
