internal import CFFmpeg
package import Foundation

/// Makes small videos of known colours and times for tests, in any pixel format that an installed encoder takes.
///
/// It does not use PoseTrail's own writer, and computes YUV from RGB by the formulas of ITU-R BT.601, 709 and 2020
/// and not by swscale, so that both can be tested against it.
package struct SampleVideo: Sendable {
  package struct Failure: Error {
    package let reason: String
  }

  package struct Tone: Sendable {
    package var encoder: String
    package var frequency: Double
    package var language: String?

    package init(encoder: String = "aac", frequency: Double = 440, language: String? = nil) {
      self.encoder = encoder
      self.frequency = frequency
      self.language = language
    }
  }

  package enum Matrix: Sendable, CaseIterable { case unspecified, bt601, bt709, bt2020 }

  package var width = 64
  package var height = 48
  /// When each frame is shown, in units of `timeBase` seconds; as many frames as times.
  package var times: [Int64] = Array(0..<10)
  package var timeBase: (numerator: Int32, denominator: Int32) = (1, 25)
  package var encoder = "libx264"
  package var encoderOptions: [String: String] = ["preset": "ultrafast", "crf": "1"]
  package var pixelFormat = "yuv420p"
  package var bFrames: Int32 = 0
  package var matrix = Matrix.unspecified
  package var isFullRange = false
  package var sampleAspectRatio: (numerator: Int32, denominator: Int32)?
  /// Quarter turns clockwise that a player has to make.
  package var quarterTurns = 0
  package var tones: [Tone] = []
  /// When the tones begin, in seconds.
  package var soundStart = 0.0
  /// So many programmes with the same pictures and tones, for transport streams; 0 makes none.
  package var programmes: Int32 = 0
  package var muxerOptions: [String: String] = [:]
  /// Red, green and blue of a pixel of a frame.
  package var colour: @Sendable (_ frame: Int, _ x: Int, _ y: Int) -> (UInt8, UInt8, UInt8)

  package init(width: Int = 64, height: Int = 48, frames: Int = 10) {
    self.width = width
    self.height = height
    times = (0..<Int64(frames)).map { $0 }
    colour = { frame, x, y in Self.movingSquare(frame, x, y, width, height) }
  }

  /// A lossless video, whose pixels can be compared.
  package static func lossless(width: Int = 64, height: Int = 48, frames: Int = 1, pixelFormat: String) -> SampleVideo {
    var sample = SampleVideo(width: width, height: height, frames: frames)
    sample.encoder = "ffv1"
    sample.encoderOptions = [:]
    sample.pixelFormat = pixelFormat
    return sample
  }

  /// A white square that moves to the right over four quarters of different colours.
  package static func movingSquare(_ frame: Int, _ x: Int, _ y: Int, _ width: Int, _ height: Int) -> (
    UInt8, UInt8, UInt8
  ) {
    let left = (4 + frame * 4) % max(1, width - 8)
    if (left..<left + 8).contains(x), (8..<16).contains(y) { return (255, 255, 255) }
    switch (x * 2 < width, y * 2 < height) {
    case (true, true): return (200, 40, 30)
    case (false, true): return (30, 160, 60)
    case (true, false): return (20, 60, 190)
    case (false, false): return (120, 120, 120)
    }
  }

  /// Writes the video; the container follows from the extension.
  @discardableResult
  package func write(to url: URL) throws -> URL {
    av_log_set_level(AV_LOG_QUIET)
    let file = try SampleFile(url)
    let numbers: [Int32?] = programmes > 0 ? (1...programmes).map { $0 } : [nil]
    let parts = try numbers.map { try SamplePart(of: self, in: file, programme: $0) }
    try file.start(muxerOptions)
    for (index, time) in times.enumerated() {
      let seconds = Double(time) * Double(timeBase.numerator) / Double(timeBase.denominator)
      for part in parts {
        try part.video.encode(picture(index, time))
        for sound in part.sounds { try sound.advance(to: seconds) }
      }
    }
    for part in parts {
      try part.video.encode(nil)
      for sound in part.sounds { try sound.finish() }
    }
    try file.finish()
    return url
  }
}

/// Pictures and tones of one programme.
private struct SamplePart {
  let video: SampleStream
  let sounds: [SampleSound]

  init(of sample: SampleVideo, in file: SampleFile, programme: Int32?) throws {
    video = try Self.pictures(sample, file)
    sounds = try sample.tones.map { try SampleSound($0, file, start: sample.soundStart) }
    guard let programme else { return }
    av_new_program(file.context, programme)
    for stream in [video.stream] + sounds.map(\.stream.stream) {
      av_program_add_stream_index(file.context, programme, UInt32(stream.pointee.index))
    }
  }

  private static func pictures(_ sample: SampleVideo, _ file: SampleFile) throws -> SampleStream {
    let video = try SampleStream(file, encoder: sample.encoder, options: sample.encoderOptions) { context, stream in
      context.width = Int32(sample.width)
      context.height = Int32(sample.height)
      context.pix_fmt = av_get_pix_fmt(sample.pixelFormat)
      context.time_base = AVRational(num: sample.timeBase.numerator, den: sample.timeBase.denominator)
      context.max_b_frames = sample.bFrames
      context.color_range = sample.isFullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
      context.colorspace = sample.matrix.code
      context.thread_count = 1
      if let ratio = sample.sampleAspectRatio {
        context.sample_aspect_ratio = AVRational(num: ratio.numerator, den: ratio.denominator)
        stream.sample_aspect_ratio = context.sample_aspect_ratio
      }
    }
    let turns = sample.quarterTurns
    if turns != 0, let matrix = ffmpeg_add_display_matrix(video.stream) {
      av_display_rotation_set(matrix, 90 * Double(turns))
    }
    video.packetDuration = sample.times.count > 1 ? sample.times[1] - sample.times[0] : 1
    return video
  }
}

extension SampleVideo.Matrix {
  var code: AVColorSpace {
    switch self {
    case .unspecified: AVCOL_SPC_UNSPECIFIED
    case .bt601: AVCOL_SPC_SMPTE170M
    case .bt709: AVCOL_SPC_BT709
    case .bt2020: AVCOL_SPC_BT2020_NCL
    }
  }

  /// Weights of red and blue in luma.
  var weights: (red: Double, blue: Double) {
    switch self {
    case .unspecified, .bt601: (0.299, 0.114)
    case .bt709: (0.2126, 0.0722)
    case .bt2020: (0.2627, 0.0593)
    }
  }
}
