internal import CFFmpeg
internal import Foundation

/// One file being written, taking packets. Owns the format context and its open file.
final class Muxer {
  let context: UnsafeMutablePointer<AVFormatContext>

  init(_ container: Container, url: URL) throws(FFmpegError) {
    _ = boundFFmpeg
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

  /// Whether the file itself can't be written any more, as on a full disk.
  var hasFailed: Bool { (context.pointee.pb?.pointee.error ?? 0) < 0 }

  func addStream() throws(FFmpegError) -> UnsafeMutablePointer<AVStream> {
    guard let stream = avformat_new_stream(context, nil) else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    return stream
  }

  func writeHeader(_ options: KeyValuePairs<String, String>) throws(FFmpegError) {
    let options = OwnedOptions(options)
    try check(avformat_write_header(context, &options.pointer))
  }

  /// Writes and empties the packet, whose times are in the unit of the stream. Packets of all streams come in the order
  /// of their times: they are written as they come, so that a failure is one of this packet or of the file.
  func write(_ packet: OwnedPacket, stream: UnsafeMutablePointer<AVStream>) throws(FFmpegError) {
    defer { av_packet_unref(packet.pointer) }
    packet.pointer.pointee.stream_index = stream.pointee.index
    packet.pointer.pointee.pos = -1
    try check(av_write_frame(context, packet.pointer))
  }

  func finish() throws(FFmpegError) {
    try check(av_write_trailer(context))
    try check(avio_closep(&context.pointee.pb))
  }
}
