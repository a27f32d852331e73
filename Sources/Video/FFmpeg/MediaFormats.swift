internal import CFFmpeg
internal import Foundation

/// The file formats that are opened: those that hold their pictures and sound themselves.
///
/// What only names other files, as playlists do, would be read from places that nobody named, for as long as it likes, and the
/// hash of the source would be that of the list alone.
enum MediaFormats {
  /// FFmpeg's names of demuxers, as it matches them.
  static let whitelist = (pictures + sounds).joined(separator: ",")

  private static let pictures = [
    "mov", "matroska", "webm", "avi", "mpegts", "mpegtsraw", "mpeg", "mpegvideo", "m4v", "h261", "h263", "h264", "hevc",
    "vvc",
    "av1", "obu", "ivf", "evc", "vc1", "vc1test", "dirac", "dnxhd", "cavsvideo", "avs2", "avs3", "ipu", "mjpeg",
    "mjpeg_2000",
    "smjpeg", "ingenient", "mpjpeg", "mxg", "apng", "gif", "yuv4mpegpipe", "ogg", "flv", "live_flv", "kux", "asf",
    "asf_o", "rm",
    "ivr", "dv", "mxf", "gxf", "lxf", "nut", "nuv", "nsv", "wtv", "ty", "pva", "dhav", "luodat", "ifv", "iv8", "lvf",
    "lmlm4",
    "r3d", "mlv", "cine", "ser", "swf", "vivo", "pmp", "mtv", "mods", "moflex", "thp", "xmv", "bink", "smk", "roq",
    "ea", "flic",
    "film_cpk", "ipmovie", "psxstr", "4xm", "rl2", "rpl", "vmd", "wc3movie", "wsvqa", "mv", "mvi", "vividas", "gdv",
    "hnm",
    "bmp_pipe", "dpx_pipe", "exr_pipe", "gif_pipe", "j2k_pipe", "jpeg_pipe", "jpegls_pipe", "jpegxl_pipe",
    "jpegxl_anim",
    "pam_pipe", "pcx_pipe", "png_pipe", "psd_pipe", "qoi_pipe", "sgi_pipe", "sunrast_pipe", "tiff_pipe", "webp_pipe",
  ]
  /// Of these it is told that there are no pictures in them.
  private static let sounds = ["aac", "ac3", "eac3", "aiff", "au", "caf", "dts", "flac", "mp3", "w64", "wav", "wv"]

  private static let playlists: Set = [
    "hls", "dash", "concat", "imf", "webm_dash_manifest", "sdp", "rtsp", "rtp", "sap",
  ]

  /// What a file is that is not opened, and what to do instead; nil where FFmpeg does not know it either.
  static func refusal(of source: SourceFile) -> String? {
    // How such a list begins (RFC 8216, 4.3.1.1); from version 7 on FFmpeg knows it only under a name that says so.
    if source.head(7).elementsEqual("#EXTM3U".utf8) { return refusal(ofPlaylist: source, "HTTP Live Streaming") }
    guard let format = probe(source) else { return nil }
    let names = String(cString: format.pointee.name).split(separator: ",").map(String.init)
    guard Set(names).isDisjoint(with: pictures + sounds) else { return nil }
    let title = format.pointee.long_name.map { String(cString: $0) } ?? names.joined(separator: ",")
    if !playlists.isDisjoint(with: names) { return refusal(ofPlaylist: source, title) }
    return "a file of a kind that is not read (\(title)); convert it to MP4, Matroska or PNG first"
  }

  private static func refusal(ofPlaylist source: SourceFile, _ title: String) -> String {
    "a playlist (\(title)), which only names where pictures are; make one file of it first, for example with "
      + "ffmpeg -i \(source.url.lastPathComponent) -c copy whole.mkv"
  }

  private static func probe(_ source: SourceFile) -> UnsafePointer<AVInputFormat>? {
    var bytes = source.head(1 << 16)
    let count = bytes.count
    bytes += [UInt8](repeating: 0, count: Int(AVPROBE_PADDING_SIZE))
    return bytes.withUnsafeMutableBufferPointer { buffer in
      source.url.lastPathComponent.withCString { name in
        var data = AVProbeData(filename: name, buf: buffer.baseAddress, buf_size: Int32(count), mime_type: nil)
        var score: Int32 = 0
        return av_probe_input_format3(&data, 1, &score)
      }
    }
  }
}
