internal import CFFmpeg
internal import Foundation

/// Encodes one audio stream anew, for containers that can't hold it as it is.
final class SoundTranscoder {
  /// Unit of the times of the packets made: one sample.
  let timeBase: AVRational

  /// Packets that could not be decoded.
  private(set) var damagedPackets = 0
  /// Decoded pieces that lie so far before what was decoded already that they would push all later sound away from its
  /// pictures; they are left out.
  private(set) var lateFrames = 0

  private let decoder: Decoder
  private let encoder: OwnedCodec
  private let sourceBase: AVRational
  private let decoded: OwnedFrame
  private let packet: OwnedPacket
  private let fifo: OpaquePointer
  private var resampler: OpaquePointer?
  private var resampled: (rate: Int32, format: Int32, channels: Int32)?
  /// Time of the first sample in the queue.
  private var next: Int64?

  init(
    _ stream: UnsafeMutablePointer<AVStream>, encoder name: String, globalHeader: Bool, file: URL
  ) throws(VideoError) {
    let parameters = stream.pointee.codecpar.pointee
    sourceBase = stream.pointee.time_base
    decoder = try Decoder(
      parameters.codec_id, parameters: stream.pointee.codecpar, timeBase: sourceBase, threading: .none, file: file)
    guard let found = avcodec_find_encoder_by_name(name), parameters.sample_rate > 0 else {
      throw VideoError(.unknownEncoder, file: file, "there is no audio encoder \"\(name)\" here")
    }
    do throws(FFmpegError) {
      encoder = try OwnedCodec(found)
      decoded = try OwnedFrame()
      packet = try OwnedPacket()
      let context = encoder.pointer
      context.pointee.sample_rate = Self.rate(parameters.sample_rate, found)
      context.pointee.sample_fmt = ffmpeg_sample_formats(found)?.pointee ?? AV_SAMPLE_FMT_FLTP
      av_channel_layout_default(&context.pointee.ch_layout, min(max(parameters.ch_layout.nb_channels, 1), 8))
      context.pointee.bit_rate = min(96_000 * Int64(context.pointee.ch_layout.nb_channels), 512_000)
      timeBase = AVRational(num: 1, den: context.pointee.sample_rate)
      context.pointee.time_base = timeBase
      if globalHeader { context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
      try check(avcodec_open2(context, found, nil))
      guard
        let fifo = av_audio_fifo_alloc(
          context.pointee.sample_fmt, context.pointee.ch_layout.nb_channels, max(context.pointee.frame_size, 1024))
      else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
      self.fifo = fifo
    } catch {
      throw error.videoError(.encodingFailed, file: file, "its sound can't be encoded as \(name)")
    }
  }

  deinit {
    swr_free(&resampler)
    av_audio_fifo_free(fifo)
  }

  func describe(_ stream: UnsafeMutablePointer<AVStream>) throws(FFmpegError) {
    try check(avcodec_parameters_from_context(stream.pointee.codecpar, encoder.pointer))
    stream.pointee.time_base = timeBase
  }

  /// Takes one packet, or nil at the end, and gives the packets that come of it. Damaged packets are left out.
  func push(_ source: OwnedPacket?, emit: (OwnedPacket) throws(FFmpegError) -> Void) throws(FFmpegError) {
    do throws(FFmpegError) {
      _ = try decoder.send(source)
      while try decoder.receive(into: decoded) == .ready {
        if queuesAtItsTime(decoded.pointer) { try queue(decoded.pointer) } else { lateFrames += 1 }
      }
    } catch {
      damagedPackets += 1
    }
    try encode(isLast: false, emit)
    guard source == nil else { return }
    try encode(isLast: true, emit)
    try check(avcodec_send_frame(encoder.pointer, nil))
    try receive(emit)
  }

  /// Whether the frame follows what waits, or leaves a hole, which stays a hole; false where it goes back.
  private func queuesAtItsTime(_ frame: UnsafeMutablePointer<AVFrame>) -> Bool {
    guard frame.pointee.best_effort_timestamp != ffmpeg_no_timestamp() else { return true }
    let time = av_rescale_q(frame.pointee.best_effort_timestamp, sourceBase, timeBase)
    let waiting = Int64(av_audio_fifo_size(fifo))
    guard let next else {
      self.next = time &- waiting
      return true
    }
    let (late, tolerance) = (time &- (next &+ waiting), Int64(timeBase.den) / 10)
    if late > tolerance { self.next = time &- waiting }
    return late >= -tolerance
  }

  private func queue(_ frame: UnsafeMutablePointer<AVFrame>) throws(FFmpegError) {
    try prepareResampler(frame)
    let room = swr_get_out_samples(resampler, frame.pointee.nb_samples)
    guard room > 0 else { return }
    let made = try soundFrame(samples: room)
    let input = UnsafeMutableRawPointer(frame.pointee.extended_data)?.assumingMemoryBound(
      to: UnsafePointer<UInt8>?.self)
    let count = try check(
      swr_convert(resampler, made.pointer.pointee.extended_data, room, input, frame.pointee.nb_samples))
    try made.pointer.pointee.extended_data.withMemoryRebound(to: UnsafeMutableRawPointer?.self, capacity: 8) {
      planes throws(FFmpegError) in
      _ = try check(av_audio_fifo_write(fifo, planes, count))
    }
  }

  private func encode(isLast: Bool, _ emit: (OwnedPacket) throws(FFmpegError) -> Void) throws(FFmpegError) {
    let size = encoder.pointer.pointee.frame_size > 0 ? encoder.pointer.pointee.frame_size : 1024
    while av_audio_fifo_size(fifo) >= size || (isLast && av_audio_fifo_size(fifo) > 0) {
      let frame = try soundFrame(samples: min(size, av_audio_fifo_size(fifo)))
      let count = frame.pointer.pointee.nb_samples
      try frame.pointer.pointee.extended_data.withMemoryRebound(to: UnsafeMutableRawPointer?.self, capacity: 8) {
        planes throws(FFmpegError) in
        _ = try check(av_audio_fifo_read(fifo, planes, count))
      }
      frame.pointer.pointee.pts = next ?? 0
      next = (next ?? 0) + Int64(count)
      try check(avcodec_send_frame(encoder.pointer, frame.pointer))
      try receive(emit)
    }
  }

  private func receive(_ emit: (OwnedPacket) throws(FFmpegError) -> Void) throws(FFmpegError) {
    while try flow(avcodec_receive_packet(encoder.pointer, packet.pointer)) == .ready { try emit(packet) }
  }

  /// Room for so many samples in the encoder's form.
  private func soundFrame(samples: Int32) throws(FFmpegError) -> OwnedFrame {
    let frame = try OwnedFrame()
    frame.pointer.pointee.format = encoder.pointer.pointee.sample_fmt.rawValue
    frame.pointer.pointee.nb_samples = samples
    frame.pointer.pointee.sample_rate = encoder.pointer.pointee.sample_rate
    try check(av_channel_layout_copy(&frame.pointer.pointee.ch_layout, &encoder.pointer.pointee.ch_layout))
    try check(av_frame_get_buffer(frame.pointer, 0))
    return frame
  }

  private func prepareResampler(_ frame: UnsafeMutablePointer<AVFrame>) throws(FFmpegError) {
    let kind = (frame.pointee.sample_rate, frame.pointee.format, frame.pointee.ch_layout.nb_channels)
    if let resampled, resampled == kind { return }
    swr_free(&resampler)
    if frame.pointee.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC {
      av_channel_layout_default(&frame.pointee.ch_layout, kind.2)
    }
    try check(
      swr_alloc_set_opts2(
        &resampler, &encoder.pointer.pointee.ch_layout, encoder.pointer.pointee.sample_fmt,
        encoder.pointer.pointee.sample_rate, &frame.pointee.ch_layout, AVSampleFormat(rawValue: frame.pointee.format),
        frame.pointee.sample_rate, 0, nil))
    try check(swr_init(resampler))
    resampled = kind
  }

  /// The rate itself where the encoder takes it, else 48 kHz.
  private static func rate(_ rate: Int32, _ codec: UnsafePointer<AVCodec>) -> Int32 {
    guard var rates = ffmpeg_sample_rates(codec) else { return rate }
    while rates.pointee != 0 {
      if rates.pointee == rate { return rate }
      rates += 1
    }
    return 48_000
  }
}
