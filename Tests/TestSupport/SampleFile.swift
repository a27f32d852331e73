internal import CFFmpeg
internal import Foundation

/// A file that ``SampleVideo`` writes.
final class SampleFile {
  let context: UnsafeMutablePointer<AVFormatContext>

  init(_ url: URL) throws {
    var made: UnsafeMutablePointer<AVFormatContext>?
    let name = "file:" + url.path(percentEncoded: false)
    guard avformat_alloc_output_context2(&made, nil, nil, name) >= 0, let made else {
      throw SampleVideo.Failure(reason: "no container for \(url.lastPathComponent)")
    }
    context = made
    made.pointee.strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL
    try require(avio_open(&made.pointee.pb, name, AVIO_FLAG_WRITE), "opening \(url.path)")
  }

  deinit {
    avio_closep(&context.pointee.pb)
    avformat_free_context(context)
  }

  func start(_ options: [String: String]) throws {
    var dictionary: OpaquePointer?
    defer { av_dict_free(&dictionary) }
    for (key, value) in options { av_dict_set(&dictionary, key, value, 0) }
    try require(avformat_write_header(context, &dictionary), "writing the header")
  }

  func finish() throws { try require(av_write_trailer(context), "writing the trailer") }
}

/// An encoder and its stream in a ``SampleFile``.
final class SampleStream {
  let stream: UnsafeMutablePointer<AVStream>
  let codec: UnsafeMutablePointer<AVCodecContext>
  /// For encoders that leave it open; MP4 drops a last frame without one.
  var packetDuration: Int64 = 0
  private let file: SampleFile

  init(
    _ file: SampleFile, encoder: String, options: [String: String],
    configure: (inout AVCodecContext, inout AVStream) -> Void
  ) throws {
    guard let found = avcodec_find_encoder_by_name(encoder), let codec = avcodec_alloc_context3(found),
      let stream = avformat_new_stream(file.context, nil)
    else { throw SampleVideo.Failure(reason: "no encoder \(encoder)") }
    self.file = file
    self.codec = codec
    self.stream = stream
    configure(&codec.pointee, &stream.pointee)
    codec.pointee.strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL
    if file.context.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 {
      codec.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    }
    for (key, value) in options { try require(av_opt_set(codec.pointee.priv_data, key, value, 0), "option \(key)") }
    try require(avcodec_open2(codec, found, nil), "opening \(encoder)")
    try require(avcodec_parameters_from_context(stream.pointee.codecpar, codec), "describing \(encoder)")
    stream.pointee.time_base = codec.pointee.time_base
  }

  deinit {
    var freed: UnsafeMutablePointer<AVCodecContext>? = codec
    avcodec_free_context(&freed)
  }

  /// Encodes and frees the frame; nil ends the stream.
  func encode(_ frame: UnsafeMutablePointer<AVFrame>?) throws {
    var packet = av_packet_alloc()
    var freed = frame
    defer {
      av_packet_free(&packet)
      av_frame_free(&freed)
    }
    try require(avcodec_send_frame(codec, frame), "encoding")
    while let packet, avcodec_receive_packet(codec, packet) >= 0 {
      if packet.pointee.duration == 0 { packet.pointee.duration = packetDuration }
      packet.pointee.stream_index = stream.pointee.index
      av_packet_rescale_ts(packet, codec.pointee.time_base, stream.pointee.time_base)
      try require(av_interleaved_write_frame(file.context, packet), "writing a packet")
    }
  }
}

/// A sine tone beside the pictures.
final class SampleSound {
  let stream: SampleStream
  private let frequency: Double
  private var position: Int64
  private static let rate: Int32 = 48_000

  init(_ tone: SampleVideo.Tone, _ file: SampleFile, start: Double) throws {
    position = Int64(start * Double(Self.rate))
    frequency = tone.frequency
    stream = try SampleStream(file, encoder: tone.encoder, options: [:]) { context, _ in
      context.sample_rate = Self.rate
      context.sample_fmt =
        avcodec_find_encoder_by_name(tone.encoder).flatMap { ffmpeg_sample_formats($0)?.pointee } ?? AV_SAMPLE_FMT_S16
      av_channel_layout_default(&context.ch_layout, 1)
      context.time_base = AVRational(num: 1, den: Self.rate)
    }
    if let language = tone.language { av_dict_set(&stream.stream.pointee.metadata, "language", language, 0) }
  }

  func advance(to seconds: Double) throws {
    while Double(position) < seconds * Double(Self.rate) { try stream.encode(frame()) }
  }

  func finish() throws { try stream.encode(nil) }

  private func frame() throws -> UnsafeMutablePointer<AVFrame> {
    let count = stream.codec.pointee.frame_size > 0 ? stream.codec.pointee.frame_size : 1024
    guard let frame = av_frame_alloc() else { throw SampleVideo.Failure(reason: "no memory for sound") }
    frame.pointee.format = stream.codec.pointee.sample_fmt.rawValue
    frame.pointee.nb_samples = count
    frame.pointee.sample_rate = Self.rate
    frame.pointee.pts = position
    av_channel_layout_default(&frame.pointee.ch_layout, 1)
    try require(av_frame_get_buffer(frame, 0), "memory for sound")
    guard let data = frame.pointee.data.0 else { return frame }
    for index in 0..<Int(count) {
      let value = 0.5 * sin(2 * .pi * frequency * Double(position + Int64(index)) / Double(Self.rate))
      if stream.codec.pointee.sample_fmt == AV_SAMPLE_FMT_S16 {
        data.withMemoryRebound(to: Int16.self, capacity: Int(count)) { $0[index] = Int16(value * 32767) }
      } else if stream.codec.pointee.sample_fmt == AV_SAMPLE_FMT_S32 {
        data.withMemoryRebound(to: Int32.self, capacity: Int(count)) { $0[index] = Int32(value * 0x7FFF_FF00) }
      } else {
        data.withMemoryRebound(to: Float.self, capacity: Int(count)) { $0[index] = Float(value) }
      }
    }
    position += Int64(count)
    return frame
  }
}

func require(_ result: Int32, _ action: String) throws {
  if result < 0 { throw SampleVideo.Failure(reason: "\(action) failed with \(result)") }
}
