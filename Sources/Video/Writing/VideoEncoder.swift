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

  init(
    _ format: PictureFormat, options: VideoWriterOptions, globalHeader: Bool, destination: URL
  ) throws(VideoError) {
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
    context.pointee.thread_count = Int32(clamping: options.threads)
    if globalHeader { context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
    try choice.configure(context, quality: options.quality, preset: options.preset, destination: destination)
    do throws(FFmpegError) {
      try check(avcodec_open2(context, choice.codec, nil))
      frame.pointer.pointee.format = AV_PIX_FMT_YUV420P.rawValue
      frame.pointer.pointee.width = context.pointee.width
      frame.pointer.pointee.height = context.pointee.height
      try check(av_frame_get_buffer(frame.pointer, 0))
    } catch {
      throw error.videoError(
        .badOption, file: destination,
        "the encoder \(options.encoder) does not take \(format.width)x\(format.height) yuv420p with these options;"
          + " choose another encoder or preset")
    }
  }

  var codecID: AVCodecID { codec.pointer.pointee.codec_id }

  func describe(_ stream: UnsafeMutablePointer<AVStream>) throws(FFmpegError) {
    try check(avcodec_parameters_from_context(stream.pointee.codecpar, codec.pointer))
    stream.pointee.time_base = timeBase
    if let rate = format.frameRate { stream.pointee.avg_frame_rate = rate.av }
    if let ratio = format.sampleAspectRatio { stream.pointee.sample_aspect_ratio = ratio.av }
  }

  func send(_ picture: PlanarImage, ticks: Int64, duration: Int64) throws(FFmpegError) {
    try check(av_frame_make_writable(frame.pointer))
    let target = frame.pointer.pointee
    let (width, height) = (Int(target.width), Int(target.height))
    let chroma = ((width + 1) / 2, (height + 1) / 2)
    picture.luma.copyPlane(picture.width, picture.height, to: target.data.0, target.linesize.0, width, height)
    picture.blueChroma.copyPlane(
      picture.chromaWidth, picture.chromaHeight, to: target.data.1, target.linesize.1, chroma.0, chroma.1)
    picture.redChroma.copyPlane(
      picture.chromaWidth, picture.chromaHeight, to: target.data.2, target.linesize.2, chroma.0, chroma.1)
    frame.pointer.pointee.pts = ticks
    frame.pointer.pointee.pkt_duration = duration
    durations[ticks] = duration
    firstTime = firstTime ?? ticks
    endTime = ticks + duration
    try check(avcodec_send_frame(codec.pointer, frame.pointer))
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

extension [UInt8] {
  /// Copies packed rows into rows `stride` apart, repeating the last column and row where the target is larger.
  fileprivate func copyPlane(
    _ width: Int, _ height: Int, to target: UnsafeMutablePointer<UInt8>?, _ stride: Int32, _ targetWidth: Int,
    _ targetHeight: Int
  ) {
    withUnsafeBufferPointer { source in
      guard let source = source.baseAddress, let target else { return }
      for row in 0..<targetHeight {
        let line = target + row * Int(stride)
        memcpy(line, source + Swift.min(row, height - 1) * width, width)
        if targetWidth > width { memset(line + width, Int32(line[width - 1]), targetWidth - width) }
      }
    }
  }
}
