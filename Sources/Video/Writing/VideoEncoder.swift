internal import CFFmpeg
internal import Foundation
internal import Imaging

/// Pictures in, packets out. Owns the encoder.
final class VideoEncoder {
  /// Unit of the times of pictures and packets.
  let timeBase: AVRational

  private let codec: OwnedCodec
  private let frame: OwnedFrame
  private let format: PictureFormat
  /// Durations of the pictures inside the encoder, by time.
  private var durations: [Int64: Int64] = [:]
  private var firstTime: Int64?
  private var firstDecodingTime: Int64?
  private var endTime: Int64 = 0

  /// For photos, whose range and matrix are always the same.
  private var photoScaler: Scaler?

  /// Makes a JPEG, which by its standard (JFIF) has the full range and the matrix of BT.601.
  convenience init(photo format: PictureFormat, destination: URL) throws(VideoError) {
    var (format, options) = (format, VideoWriterOptions())
    (options.encoder, options.quality) = ("mjpeg", 2)
    (format.colour.isFullRange, format.colour.matrix) = (true, Int(AVCOL_SPC_SMPTE170M.rawValue))
    try self.init(format, options: options, globalHeader: false, destination: destination)
    photoScaler = Scaler()
  }

  init(
    _ format: PictureFormat, options: VideoWriterOptions, globalHeader: Bool, destination: URL
  ) throws(VideoError) {
    _ = boundFFmpeg
    let choice = try EncoderChoice(options.encoder, destination: destination)
    self.format = format
    timeBase = format.timeBase.av
    let unit = choice.needsEvenSize ? 2 : 1
    do throws(FFmpegError) {
      codec = try OwnedCodec(choice.codec)
      frame = try OwnedFrame()
    } catch {
      throw error.videoError(.outOfMemory, file: destination, "")
    }
    let context = codec.pointer
    context.pointee.width = Int32((format.width + unit - 1) / unit * unit)
    context.pointee.height = Int32((format.height + unit - 1) / unit * unit)
    context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
    context.pointee.time_base = timeBase
    if let rate = format.frameRate { context.pointee.framerate = rate.av }
    if let ratio = format.sampleAspectRatio { context.pointee.sample_aspect_ratio = ratio.av }
    format.colour.apply(to: context)
    PictureThreads.set(choice.threads, of: context)
    if globalHeader { context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
    try choice.configure(context, quality: options.quality, preset: options.preset, destination: destination)
    do throws(FFmpegError) {
      try check(avcodec_open2(context, choice.codec, nil))
    } catch {
      throw error.videoError(
        .badOption, file: destination,
        "the encoder \(options.encoder) does not take \(format.width)x\(format.height) yuv420p with these options;"
          + " choose another encoder or preset")
    }
  }

  /// Some encoders never end where they get no picture at all, as libsvtav1 1.4.1: what was opened to see whether it can be, or
  /// is given up before its first picture, gets one.
  deinit {
    guard firstTime == nil else { return }
    let format = format
    let chroma = Plane(width: (format.width + 1) / 2, height: (format.height + 1) / 2, level: 128)
    let grey = PlanarImage(
      matrix: .bt709, isFullRange: false, luma: Plane(width: format.width, height: format.height, level: 128),
      blueChroma: chroma, redChroma: chroma)
    try? send(grey, ticks: 0, duration: 1)
  }

  var codecID: AVCodecID { codec.pointer.pointee.codec_id }

  func describe(_ stream: UnsafeMutablePointer<AVStream>) throws(FFmpegError) {
    try check(avcodec_parameters_from_context(stream.pointee.codecpar, codec.pointer))
    stream.pointee.time_base = timeBase
    if let rate = format.frameRate { stream.pointee.avg_frame_rate = rate.av }
    if let ratio = format.sampleAspectRatio { stream.pointee.sample_aspect_ratio = ratio.av }
  }

  func send(_ picture: PlanarImage, ticks: Int64, duration: Int64) throws(FFmpegError) {
    let frame = frame.pointer
    av_frame_unref(frame)
    let context = codec.pointer.pointee
    frame.pointee.format = context.pix_fmt.rawValue
    frame.pointee.width = context.width
    frame.pointee.height = context.height
    frame.pointee.pts = ticks
    ffmpeg_set_duration(frame, duration)
    let (width, height) = (Int(context.width), Int(context.height))
    let chroma = ((width + 1) / 2, (height + 1) / 2)
    (frame.pointee.buf.0, frame.pointee.data.0, frame.pointee.linesize.0) = try picture.luma.lent(width, height)
    (frame.pointee.buf.1, frame.pointee.data.1, frame.pointee.linesize.1) =
      try picture.blueChroma.lent(chroma.0, chroma.1)
    (frame.pointee.buf.2, frame.pointee.data.2, frame.pointee.linesize.2) =
      try picture.redChroma.lent(chroma.0, chroma.1)
    durations[ticks] = duration
    firstTime = firstTime ?? ticks
    endTime = ticks + duration
    let photo = try asPhoto(picture)
    defer { withExtendedLifetime(photo) {} }
    try check(avcodec_send_frame(codec.pointer, photo?.pointer ?? frame))
  }

  /// ``frame`` as a JPEG has it; nil where it is so.
  private func asPhoto(_ picture: PlanarImage) throws(FFmpegError) -> OwnedFrame? {
    guard let photoScaler, !picture.isFullRange || picture.matrix != .bt601 else { return nil }
    let source = frame.pointer.pointee
    let made = try OwnedFrame()
    let target = made.pointer
    (target.pointee.format, target.pointee.width, target.pointee.height) = (source.format, source.width, source.height)
    try check(av_frame_get_buffer(target, 0))
    try check(av_frame_copy_props(target, frame.pointer))
    let coefficients = [.bt601: SWS_CS_ITU601, .bt709: SWS_CS_ITU709, .bt2020: SWS_CS_BT2020][picture.matrix]
    let kind = Scaler.Kind(
      sourceWidth: source.width, sourceHeight: source.height, sourceFormat: AV_PIX_FMT_YUV420P.rawValue,
      sourceIsFullRange: picture.isFullRange, sourceCoefficients: coefficients ?? SWS_CS_ITU601, width: source.width,
      height: source.height, format: AV_PIX_FMT_YUV420P.rawValue, isFullRange: true, coefficients: SWS_CS_ITU601)
    let (data, lines) = (target.pointee.data, target.pointee.linesize)
    try photoScaler.convert(source, kind, to: [data.0, data.1, data.2], strides: [lines.0, lines.1, lines.2])
    return made
  }

  /// No more pictures will come.
  func end() throws(FFmpegError) {
    try check(avcodec_send_frame(codec.pointer, nil))
  }

  func receive(into packet: OwnedPacket) throws(FFmpegError) -> Flow {
    let result = try flow(avcodec_receive_packet(codec.pointer, packet.pointer))
    if result == .ready, let duration = durations.removeValue(forKey: packet.pointer.pointee.pts) {
      packet.pointer.pointee.duration = duration
      firstDecodingTime = firstDecodingTime ?? packet.pointer.pointee.dts
    }
    return result
  }

  /// How long the last packet must last at least, so that all packets together, in the order of decoding, last as
  /// long as all pictures.
  func remainingDuration(decodedAt time: Int64) -> Int64 {
    guard let firstTime, let firstDecodingTime else { return 0 }
    return endTime - firstTime - (time - firstDecodingTime)
  }
}

extension ColourTags {
  fileprivate func apply(to context: UnsafeMutablePointer<AVCodecContext>) {
    context.pointee.color_primaries = AVColorPrimaries(rawValue: UInt32(clamping: primaries))
    context.pointee.color_trc = AVColorTransferCharacteristic(rawValue: UInt32(clamping: transfer))
    context.pointee.colorspace = AVColorSpace(rawValue: UInt32(clamping: matrix))
    context.pointee.color_range = isFullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
    context.pointee.chroma_sample_location = AVChromaLocation(rawValue: UInt32(clamping: chromaLocation))
  }
}

extension Plane {
  /// A buffer that holds on to the plane, or to a copy where the encoder wants a larger one, with place and stride of its
  /// rows.
  fileprivate func lent(
    _ width: Int, _ height: Int
  ) throws(FFmpegError) -> (UnsafeMutablePointer<AVBufferRef>, UnsafeMutablePointer<UInt8>, Int32) {
    let plane = width > self.width || height > self.height ? copy(width: width, height: height) : self
    let loan = Unmanaged.passRetained(Loan(plane))
    let (pixels, stride) = plane.withPixels { (UnsafeMutablePointer(mutating: $0), $1) }
    let buffer = av_buffer_create(
      pixels, (height - 1) * stride + width, { loan, _ in loan.map { Unmanaged<Loan>.fromOpaque($0).release() } },
      loan.toOpaque(), AV_BUFFER_FLAG_READONLY)
    guard let buffer else {
      loan.release()
      throw FFmpegError(code: ffmpeg_error_no_memory())
    }
    return (buffer, pixels, Int32(stride))
  }

  private final class Loan {
    let plane: Plane
    init(_ plane: Plane) { self.plane = plane }
  }
}
