private import CFFmpeg

/// The FFmpeg that the program runs with, which may be another than it was built with.
package enum FFmpegLibrary {
  /// The release and the version of its codecs.
  package static var version: String {
    let codecs = avcodec_version()
    return "\(String(cString: av_version_info())) (libavcodec \(codecs >> 16).\(codecs >> 8 & 255).\(codecs & 255))"
  }
}
