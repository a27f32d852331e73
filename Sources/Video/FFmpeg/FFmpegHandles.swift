internal import CFFmpeg
internal import Foundation

/// Owns one `AVFrame`.
final class OwnedFrame {
  let pointer: UnsafeMutablePointer<AVFrame>

  init() throws(FFmpegError) {
    guard let pointer = av_frame_alloc() else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    self.pointer = pointer
  }

  /// The same picture, whose bytes stay while either has it.
  convenience init(sharing other: OwnedFrame) throws(FFmpegError) {
    try self.init()
    try check(av_frame_ref(pointer, other.pointer))
  }

  deinit {
    var freed: UnsafeMutablePointer<AVFrame>? = pointer
    av_frame_free(&freed)
  }
}

/// Owns one `AVPacket`.
final class OwnedPacket {
  let pointer: UnsafeMutablePointer<AVPacket>

  init() throws(FFmpegError) {
    guard let pointer = av_packet_alloc() else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    self.pointer = pointer
  }

  /// The same bytes, which stay while either has them.
  convenience init(sharing other: OwnedPacket) throws(FFmpegError) {
    try self.init()
    try check(av_packet_ref(pointer, other.pointer))
  }

  deinit {
    var freed: UnsafeMutablePointer<AVPacket>? = pointer
    av_packet_free(&freed)
  }
}

/// Owns one codec context, decoder or encoder.
final class OwnedCodec {
  let pointer: UnsafeMutablePointer<AVCodecContext>
  /// What its threads write to until they are ended.
  private let complaints: Complaints?

  init(_ codec: UnsafePointer<AVCodec>, complaints: Complaints? = nil) throws(FFmpegError) {
    guard let pointer = avcodec_alloc_context3(codec) else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    (self.pointer, self.complaints) = (pointer, complaints)
  }

  deinit {
    var freed: UnsafeMutablePointer<AVCodecContext>? = pointer
    avcodec_free_context(&freed)
  }
}

/// Options for a demuxer, muxer or codec: handed over once, freed here.
final class OwnedOptions {
  var pointer: OpaquePointer?

  init(_ options: KeyValuePairs<String, String>) {
    for (key, value) in options { av_dict_set(&pointer, key, value, 0) }
  }

  deinit { av_dict_free(&pointer) }
}

/// What a decoder complains of, from one packet on, or a demuxer; their threads add to it.
final class Complaints {
  let pointer: UnsafeMutablePointer<ffmpeg_complaints>

  init() throws(FFmpegError) {
    guard let pointer = ffmpeg_make_complaints() else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    self.pointer = pointer
  }

  deinit { free(pointer) }

  var isRaised: Bool { ffmpeg_has_complaints(pointer) }

  /// Forgets what there was; complaints about packets before `packet` do not count from here on.
  func await(from packet: Int64) { ffmpeg_await_complaints(pointer, packet) }
}

/// What holds for FFmpeg in the whole process, from before its first use. It prints nothing to standard error: PoseTrail reports its
/// complaints itself. And no block of memory is larger than a picture of the largest video at eight bytes a pixel, with its
/// edges: else the index of an MP4 takes gigabytes where some bytes of a damaged fragment state millions of pictures.
let boundFFmpeg: Void = {
  ffmpeg_silence_log()
  av_max_alloc(PictureLimits.video.area * 8 + (16 << 20))
}()
