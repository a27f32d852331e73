internal import CFFmpeg
internal import Foundation
internal import Timing

/// The file formats that are written, by extension.
enum Container: String, CaseIterable {
  case mp4, m4v, mov, mkv, webm, jpg

  init(_ destination: URL) throws(VideoError) {
    let ending = destination.pathExtension.lowercased()
    guard let container = Container(rawValue: ending == "jpeg" ? "jpg" : ending) else {
      let known = Container.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
      throw VideoError(.unknownContainer, file: destination, "the name must end in one of \(known)")
    }
    self = container
  }

  /// FFmpeg's name of the muxer.
  var muxer: String {
    switch self {
    case .mp4, .m4v: "mp4"
    case .mov: "mov"
    case .mkv: "matroska"
    case .webm: "webm"
    case .jpg: "mjpeg"
    }
  }

  /// Whether what all packets need to be decoded stands in front, rather than in the packets.
  var wantsGlobalHeader: Bool {
    (av_guess_format(muxer, nil, nil)?.pointee.flags ?? 0) & AVFMT_GLOBALHEADER != 0
  }

  /// The codecs that are PCM.
  private static let pcm = AV_CODEC_ID_PCM_S16LE.rawValue..<AV_CODEC_ID_ADPCM_IMA_QT.rawValue

  func canHold(_ codec: AVCodecID) -> Bool {
    // FFmpeg's tables list these for MOV as well, but its muxer refuses them there.
    let onlyMP4 = [AV_CODEC_ID_AV1, AV_CODEC_ID_FLAC, AV_CODEC_ID_OPUS, AV_CODEC_ID_TRUEHD, AV_CODEC_ID_VP9]
    if self == .mov && onlyMP4.contains(codec) { return false }
    // MP4 could, but most players play none of these there.
    if isMP4 && [AV_CODEC_ID_DTS, AV_CODEC_ID_VORBIS].contains(codec) { return false }
    // So it is with PCM, unless it is QuickTime's; from version 6 on FFmpeg writes it.
    if isMP4 && self != .mov && Self.pcm.contains(codec.rawValue) { return false }
    return avformat_query_codec(av_guess_format(muxer, nil, nil), codec, FF_COMPLIANCE_NORMAL) == 1
  }

  /// The tag of a codec that players know best; 0 leaves it to FFmpeg. QuickTime plays HEVC only under this one.
  func tag(of codec: AVCodecID) -> UInt32 {
    isMP4 && codec == AV_CODEC_ID_HEVC ? "hvc1".utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) } : 0
  }

  /// Whether it is MP4 or one of its kin.
  private var isMP4: Bool { [.mp4, .m4v, .mov].contains(self) }

  /// Whether the durations of the packets in decoding order are what the file's length is made of.
  var addsUpDurations: Bool { isMP4 }

  /// Whether it holds one picture.
  var isPhoto: Bool { self == .jpg }

  /// MP4 and MOV get their index in front, and clocks that divide the source's so that its times stay exact.
  func headerOptions(timeBase: Rational) -> KeyValuePairs<String, String> {
    switch self {
    case .mkv, .webm, .jpg: return [:]
    case .mp4, .m4v, .mov:
      var scale = Int(timeBase.denominator)
      while scale < 1000 { scale *= 2 }
      return ["movflags": "+faststart", "movie_timescale": String(scale)]
    }
  }

  /// The encoder for sound that the container can't hold as it is.
  var soundEncoder: String { self == .webm ? "libopus" : "aac" }
}
