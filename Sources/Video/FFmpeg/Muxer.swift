internal import CFFmpeg
internal import Foundation

/// One file being written, taking packets. Owns the format context and its open file.
final class Muxer {
  let context: UnsafeMutablePointer<AVFormatContext>

  init(_ container: Container, url: URL) throws(FFmpegError) {
    _ = silenceLog
    var made: UnsafeMutablePointer<AVFormatContext>?
    try check(avformat_alloc_output_context2(&made, nil, container.muxer, url.ffmpegName))
    guard let made else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    context = made
    // No random identifiers and dates: two runs give the same bytes.
    context.pointee.flags |= AVFMT_FLAG_BITEXACT
    context.pointee.strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL
    try check(avio_open2(&context.pointee.pb, url.ffmpegName, AVIO_FLAG_WRITE, nil, nil))
  }

  deinit {
    avio_closep(&context.pointee.pb)
    avformat_free_context(context)
  }

  var wantsGlobalHeader: Bool { context.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 }

  func addStream() throws(FFmpegError) -> UnsafeMutablePointer<AVStream> {
    guard let stream = avformat_new_stream(context, nil) else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    return stream
  }

  func writeHeader(_ options: KeyValuePairs<String, String>) throws(FFmpegError) {
    let options = OwnedOptions(options)
    try check(avformat_write_header(context, &options.pointer))
  }

  /// Takes the packet's contents, with times in `timeBase`.
  func write(_ packet: OwnedPacket, stream: UnsafeMutablePointer<AVStream>, timeBase: AVRational) throws(FFmpegError) {
    packet.pointer.pointee.stream_index = stream.pointee.index
    packet.pointer.pointee.pos = -1
    av_packet_rescale_ts(packet.pointer, timeBase, stream.pointee.time_base)
    try check(av_interleaved_write_frame(context, packet.pointer))
  }

  func finish() throws(FFmpegError) {
    try check(av_write_trailer(context))
    try check(avio_closep(&context.pointee.pb))
  }
}
