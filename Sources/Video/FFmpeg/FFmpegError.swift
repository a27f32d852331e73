internal import CFFmpeg
internal import Foundation

/// What an FFmpeg call with a negative result said. "Again" and "end" are values, not errors: see ``Flow``.
struct FFmpegError: Error {
  var code: Int32

  var text: String {
    var buffer = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
    av_strerror(code, &buffer, buffer.count)
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The error that a person reads; `otherwise` where the code does not name a reason of its own.
  func videoError(_ otherwise: VideoError.Code, file: URL, _ message: String) -> VideoError {
    switch code {
    case ffmpeg_error_no_memory():
      VideoError(.outOfMemory, file: file, "not enough memory; use a smaller picture or fewer threads", cause: text)
    case ffmpeg_error_no_space():
      VideoError(.noSpace, file: file, "the disk is full; free some space or choose another folder", cause: text)
    case ffmpeg_error_no_file():
      VideoError(.missing, file: file, "no such file; check the name", cause: text)
    case ffmpeg_error_no_access():
      VideoError(.unreadable, file: file, "permission denied; check the access rights", cause: text)
    case ffmpeg_error_exit():
      VideoError(.interrupted, file: file, "reading it was interrupted")
    default:
      VideoError(otherwise, file: file, message, cause: text)
    }
  }
}

/// How a codec or a demuxer goes on.
enum Flow {
  case ready, again, end
}

/// Turns FFmpeg's result codes into errors; the one place that does.
@discardableResult
func check(_ result: Int32) throws(FFmpegError) -> Int32 {
  if result < 0 { throw FFmpegError(code: result) }
  return result
}

/// Turns the result of a send, receive or read call into a value, or an error where it is one.
func flow(_ result: Int32) throws(FFmpegError) -> Flow {
  switch result {
  case ffmpeg_error_again(): return .again
  case ffmpeg_error_end(): return .end
  default:
    try check(result)
    return .ready
  }
}
