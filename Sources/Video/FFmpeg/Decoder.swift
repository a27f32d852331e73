internal import CFFmpeg
internal import Foundation

/// One codec turned on: packets in, frames out. Owns the codec context.
final class Decoder {
  enum Threading {
    case frames(Int)
    case none
  }

  private let codec: OwnedCodec
  let name: String

  /// - Parameter parameters: nil for files that are one packet, such as JPEG.
  init(
    _ id: AVCodecID, parameters: UnsafePointer<AVCodecParameters>? = nil, timeBase: AVRational? = nil,
    threading: Threading, file: URL
  ) throws(VideoError) {
    _ = silenceLog
    guard let found = avcodec_find_decoder(id) else {
      throw VideoError(
        .noDecoder, file: file,
        "no decoder for \(String(cString: avcodec_get_name(id))) is installed; convert the file with another program")
    }
    name = String(cString: avcodec_get_name(id))
    do throws(FFmpegError) {
      codec = try OwnedCodec(found)
      if let parameters { try check(avcodec_parameters_to_context(codec.pointer, parameters)) }
      if let timeBase { codec.pointer.pointee.pkt_timebase = timeBase }
      codec.pointer.pointee.max_pixels = Int64(PictureLimits.area)
      // Cropping is exact then; whoever needs aligned rows copies.
      codec.pointer.pointee.flags |= AV_CODEC_FLAG_UNALIGNED
      switch threading {
      case .frames(let count):
        codec.pointer.pointee.thread_count = Int32(clamping: count)
        codec.pointer.pointee.thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE
      case .none:
        codec.pointer.pointee.thread_count = 1
      }
      try check(avcodec_open2(codec.pointer, found, nil))
    } catch {
      throw error.videoError(.noDecoder, file: file, "the decoder for \(name) does not accept this file")
    }
  }

  /// A nil packet says that no more will come.
  func send(_ packet: OwnedPacket?) throws(FFmpegError) -> Flow {
    try flow(avcodec_send_packet(codec.pointer, packet?.pointer))
  }

  func receive(into frame: OwnedFrame) throws(FFmpegError) -> Flow {
    try flow(avcodec_receive_frame(codec.pointer, frame.pointer))
  }
}
