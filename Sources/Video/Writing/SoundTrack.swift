internal import CFFmpeg
internal import Foundation
internal import Timing

/// One audio stream on its way from the source into the file being written, as it is or encoded anew.
final class SoundTrack {
  let sourceIndex: Int
  private let source: UnsafeMutablePointer<AVStream>
  private let target: UnsafeMutablePointer<AVStream>
  private let muxer: Muxer
  private let transcoder: SoundTranscoder?
  private let originTicks: Int64
  private var last: (dts: Int64, duration: Int64)?

  init(
    _ source: UnsafeMutablePointer<AVStream>, origin: MediaTime?, transcoder: SoundTranscoder?, muxer: Muxer
  ) throws(FFmpegError) {
    sourceIndex = Int(source.pointee.index)
    self.source = source
    self.muxer = muxer
    self.transcoder = transcoder
    originTicks = origin?.ticks(in: Rational(source.pointee.time_base)) ?? 0
    target = try muxer.addStream()
    if let transcoder {
      try transcoder.describe(target)
    } else {
      try check(avcodec_parameters_copy(target.pointee.codecpar, source.pointee.codecpar))
      target.pointee.codecpar.pointee.codec_tag = 0
      target.pointee.time_base = source.pointee.time_base
    }
    target.pointee.disposition = source.pointee.disposition
    for key in ["language", "title", "handler_name"] {
      guard let entry = av_dict_get(source.pointee.metadata, key, nil, 0) else { continue }
      av_dict_set(&target.pointee.metadata, key, entry.pointee.value, 0)
    }
  }

  /// Passes on one packet of the source's stream, with times in its base.
  func write(_ packet: OwnedPacket) throws(FFmpegError) {
    let none = ffmpeg_no_timestamp()
    let pointer = packet.pointer
    if pointer.pointee.dts == none { pointer.pointee.dts = pointer.pointee.pts }
    if pointer.pointee.dts == none { pointer.pointee.dts = last.map { $0.dts &+ $0.duration } ?? originTicks }
    if pointer.pointee.pts == none { pointer.pointee.pts = pointer.pointee.dts }
    pointer.pointee.pts &-= originTicks
    pointer.pointee.dts &-= originTicks
    if let transcoder {
      try transcoder.push(packet) { made throws(FFmpegError) in
        try muxer.write(made, stream: target, timeBase: transcoder.timeBase)
      }
      return
    }
    // Muxers take no times that stand still or go back.
    if let last, pointer.pointee.dts <= last.dts {
      pointer.pointee.dts = last.dts &+ 1
      pointer.pointee.pts = max(pointer.pointee.pts, pointer.pointee.dts)
    }
    last = (pointer.pointee.dts, pointer.pointee.duration)
    try muxer.write(packet, stream: target, timeBase: source.pointee.time_base)
  }

  func finish() throws(FFmpegError) {
    try transcoder?.push(nil) { made throws(FFmpegError) in
      try muxer.write(made, stream: target, timeBase: transcoder?.timeBase ?? target.pointee.time_base)
    }
  }
}
