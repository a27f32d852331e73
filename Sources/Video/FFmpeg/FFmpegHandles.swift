internal import CFFmpeg

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

  deinit {
    var freed: UnsafeMutablePointer<AVPacket>? = pointer
    av_packet_free(&freed)
  }
}

/// Owns one codec context, decoder or encoder.
final class OwnedCodec {
  let pointer: UnsafeMutablePointer<AVCodecContext>

  init(_ codec: UnsafePointer<AVCodec>) throws(FFmpegError) {
    guard let pointer = avcodec_alloc_context3(codec) else { throw FFmpegError(code: ffmpeg_error_no_memory()) }
    self.pointer = pointer
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

/// FFmpeg prints its complaints to standard error for the whole process; PoseTrail reports them itself.
let silenceLog: Void = ffmpeg_silence_log()
