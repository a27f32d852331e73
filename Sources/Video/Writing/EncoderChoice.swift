internal import CFFmpeg
internal import Foundation

/// A video encoder by name, with defaults that suit an overlay video: quick, and good enough to look at.
struct EncoderChoice {
  let codec: UnsafePointer<AVCodec>
  let name: String

  init(_ name: String, destination: URL) throws(VideoError) {
    guard let codec = avcodec_find_encoder_by_name(name), codec.pointee.type == AVMEDIA_TYPE_VIDEO else {
      let known = Self.defaults.map(\.name).filter { avcodec_find_encoder_by_name($0) != nil }
      throw VideoError(
        .unknownEncoder, file: destination,
        "there is no video encoder \"\(name)\" here; choose one of \(known.joined(separator: ", "))")
    }
    self.codec = codec
    self.name = name
  }

  /// Whether sizes have to be even: the cropping of H.264 and HEVC can't hide an odd column of 4:2:0.
  var needsEvenSize: Bool {
    [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC].contains(codec.pointee.id) || name == "libsvtav1"
  }

  /// A fixed number, as the bytes of most encoders depend on it. The rate control of libavcodec's MJPEG encoder races with
  /// several.
  var threads: Int { codec.pointee.id == AV_CODEC_ID_MJPEG ? 1 : 4 }

  /// Sets quality, speed and what else this encoder needs.
  func configure(
    _ context: UnsafeMutablePointer<AVCodecContext>, quality: Double?, preset: String?, destination: URL
  ) throws(VideoError) {
    let defaults = Self.defaults.first { $0.name == name }
    let options = context.pointee.priv_data
    context.pointee.bit_rate = 0
    if let extra = defaults?.extra { for (key, value) in extra { av_opt_set(options, key, value, 0) } }

    if let quality = quality ?? defaults?.quality {
      guard quality.isFinite, quality >= 0, quality <= 100 else {
        throw VideoError(.badOption, file: destination, "the quality must be 0 to 100, not \(quality)")
      }
      if av_opt_find(options, "crf", nil, 0, 0) != nil {
        try Self.set(options, "crf", String(quality), "quality", destination)
      } else {
        context.pointee.flags |= AV_CODEC_FLAG_QSCALE
        context.pointee.global_quality = Int32(quality * Double(FF_QP2LAMBDA))
      }
    }
    if let preset = preset ?? defaults?.preset {
      let key = ["preset", "cpu-used"].first { (key: String) in av_opt_find(options, key, nil, 0, 0) != nil }
      guard let key else {
        throw VideoError(.badOption, file: destination, "the encoder \(name) has no presets; leave the preset out")
      }
      try Self.set(options, key, preset, "preset", destination)
    }
  }

  private static func set(
    _ options: UnsafeMutableRawPointer?, _ key: String, _ value: String, _ title: String, _ destination: URL
  ) throws(VideoError) {
    let result = av_opt_set(options, key, value, 0)
    if result < 0 {
      throw VideoError(
        .badOption, file: destination, "the encoder takes no \(title) \"\(value)\"; see its documentation",
        cause: FFmpegError(code: result).text)
    }
  }

  private struct Defaults {
    var name: String
    var quality: Double
    var preset: String?
    var extra: KeyValuePairs<String, String> = [:]
  }

  private static let defaults = [
    Defaults(name: "libx264", quality: 23, preset: "ultrafast"),
    Defaults(name: "libx265", quality: 23, preset: "veryfast", extra: ["x265-params": "log-level=none"]),
    Defaults(name: "libvpx-vp9", quality: 31, preset: "5", extra: ["deadline": "good", "row-mt": "1"]),
    Defaults(name: "libsvtav1", quality: 32, preset: "9"),
    Defaults(name: "libaom-av1", quality: 32, preset: "8", extra: ["row-mt": "1"]),
    Defaults(name: "mpeg4", quality: 3),
  ]
}
