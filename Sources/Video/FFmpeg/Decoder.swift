internal import CFFmpeg
internal import Foundation

/// One codec turned on: packets in, frames out. Owns the codec context.
final class Decoder {
  enum Threading {
    /// So many frames at a time, 0 for as many as the decoder likes, but fewer of large ones.
    case frames(Int)
    case none
  }

  let name: String
  let complaints: Complaints
  private let codec: OwnedCodec

  /// - Parameters:
  ///   - parameters: nil for files that are one packet, such as JPEG.
  ///   - exportsMotion: Whether frames carry motion vectors, where the codec gives them.
  init(
    _ id: AVCodecID, parameters: UnsafePointer<AVCodecParameters>? = nil, timeBase: AVRational? = nil,
    threading: Threading, exportsMotion: Bool = false, file: URL
  ) throws(VideoError) {
    _ = boundFFmpeg
    guard let found = avcodec_find_decoder(id) else {
      throw VideoError(
        .noDecoder, file: file,
        "no decoder for \(String(cString: avcodec_get_name(id))) is installed; convert the file with another program")
    }
    name = String(cString: avcodec_get_name(id))
    do throws(FFmpegError) {
      complaints = try Complaints()
      codec = try OwnedCodec(found, complaints: complaints)
      let context = codec.pointer
      if let parameters { try check(avcodec_parameters_to_context(context, parameters)) }
      if let timeBase { context.pointee.pkt_timebase = timeBase }
      context.pointee.max_pixels = Int64((parameters == nil ? PictureLimits.photo : .video).area)
      ffmpeg_set_number(context, complaints.pointer, nil, 0)
      // The inverse transform that comes nearest to libjpeg's, which every published pipeline sees photos through: one level of
      // luma differs in twenty.
      if parameters == nil, id == AV_CODEC_ID_MJPEG { context.pointee.idct_algo = FF_IDCT_INT }
      // Cropping is exact then; whoever needs aligned rows copies.
      context.pointee.flags |= AV_CODEC_FLAG_UNALIGNED
      if exportsMotion { context.pointee.export_side_data |= AV_CODEC_EXPORT_DATA_MVS }
      let isParallel: Bool
      switch threading {
      case .frames(let count):
        isParallel = true
        PictureThreads.set(count, of: context)
      case .none:
        isParallel = false
        context.pointee.thread_count = 1
      }
      if found.pointee.type == AVMEDIA_TYPE_VIDEO, !(isParallel && Self.tellsAllDamage(id)) {
        ffmpeg_use_black_buffers(context)
      }
      try check(avcodec_open2(context, found, nil))
    } catch {
      throw error.videoError(.noDecoder, file: file, "the decoder for \(name) does not accept this file")
    }
  }

  /// Whether no part of a picture is left out without a complaint, so that none shows what lay in memory before.
  private static func tellsAllDamage(_ id: AVCodecID) -> Bool {
    [AV_CODEC_ID_H264, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG1VIDEO].contains(id)
  }

  /// Whether several threads work on pictures.
  var isParallel: Bool { codec.pointer.pointee.active_thread_type != 0 && codec.pointer.pointee.thread_count > 1 }

  /// A nil packet says that no more will come. Frames carry the number of their packet (``OwnedFrame/number``).
  func send(_ packet: OwnedPacket?, number: Int64 = 0) throws(FFmpegError) -> Flow {
    ffmpeg_set_number(codec.pointer, complaints.pointer, packet?.pointer, number)
    return try flow(avcodec_send_packet(codec.pointer, packet?.pointer))
  }

  func receive(into frame: OwnedFrame) throws(FFmpegError) -> Flow {
    try flow(avcodec_receive_frame(codec.pointer, frame.pointer))
  }
}

extension OwnedFrame {
  /// The number that its packet was sent with.
  var number: Int64 { ffmpeg_number(pointer) }
}
