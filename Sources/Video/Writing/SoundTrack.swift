internal import CFFmpeg
internal import Foundation
internal import Timing

/// One audio stream on its way from the source into the file being written, as it is or encoded anew.
///
/// No trouble with sound stops the file: what goes back in time, or what decoder or muxer refuse, is left out and counted.
final class SoundTrack {
  let sourceIndex: Int
  private let source: UnsafeMutablePointer<AVStream>
  private let target: UnsafeMutablePointer<AVStream>
  private let muxer: Muxer
  private let transcoder: SoundTranscoder?
  private let originTicks: Int64
  /// The end of the last packet by the source's clock, in its unit.
  private var sourceEnd: Int64?
  /// The last packet written, in the target's unit, and the time that the source stated.
  private var last: (stated: Int64, time: Int64, duration: Int64)?
  private var late = 0
  private var refused = 0

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

  /// What was left out; nil where nothing was.
  var note: String? {
    let refused = refused + (transcoder?.damagedPackets ?? 0)
    let late = late + (transcoder?.lateFrames ?? 0)
    let parts =
      (late > 0 ? ["\(late) whose times go back"] : []) + (refused > 0 ? ["\(refused) that are damaged"] : [])
    guard !parts.isEmpty else { return nil }
    let title = "audio stream \(sourceIndex) (\(source.codecName))"
    return "\(title): packets are left out, \(parts.joined(separator: " and "))"
  }

  /// Passes on one packet of the source's stream, with times in its base. Throws only where the file can't be written.
  func write(_ packet: OwnedPacket) throws(FFmpegError) {
    completeTimes(of: packet.pointer)
    if let transcoder {
      try attempt { () throws(FFmpegError) in
        try transcoder.push(packet) { made throws(FFmpegError) in try pass(made, timeBase: transcoder.timeBase) }
      }
    } else {
      try pass(packet, timeBase: source.pointee.time_base)
    }
  }

  func finish() throws(FFmpegError) {
    guard let transcoder else { return }
    try attempt { () throws(FFmpegError) in
      try transcoder.push(nil) { made throws(FFmpegError) in try pass(made, timeBase: transcoder.timeBase) }
    }
  }

  /// Gives a packet without a time the one that follows from the packet before, and takes the origin off.
  private func completeTimes(of packet: UnsafeMutablePointer<AVPacket>) {
    let none = ffmpeg_no_timestamp()
    if packet.pointee.dts == none { packet.pointee.dts = packet.pointee.pts }
    if packet.pointee.dts == none { packet.pointee.dts = sourceEnd ?? originTicks }
    if packet.pointee.pts == none { packet.pointee.pts = packet.pointee.dts }
    sourceEnd = packet.pointee.dts &+ packet.pointee.duration
    packet.pointee.pts &-= originTicks
    packet.pointee.dts &-= originTicks
  }

  private func pass(_ packet: OwnedPacket, timeBase: AVRational) throws(FFmpegError) {
    av_packet_rescale_ts(packet.pointer, timeBase, target.pointee.time_base)
    let stated = packet.pointer.pointee.dts
    guard let time = place(stated) else {
      late += 1
      return
    }
    packet.pointer.pointee.dts = time
    packet.pointer.pointee.pts = max(packet.pointer.pointee.pts, time)
    let duration = max(0, packet.pointer.pointee.duration)
    try attempt { () throws(FFmpegError) in
      try muxer.write(packet, stream: target)
      last = (stated, time, duration)
    }
  }

  /// When a packet is written; nil where it goes back in time: later, it and all after it would be pushed away from
  /// their pictures. Packets that share one time follow each other.
  private func place(_ stated: Int64) -> Int64? {
    guard let last else { return stated }
    if stated == last.stated { return last.time &+ max(1, last.duration) }
    return stated > last.time ? stated : nil
  }

  /// A packet that fails is left out as long as the file itself is well.
  private func attempt(_ body: () throws(FFmpegError) -> Void) throws(FFmpegError) {
    do throws(FFmpegError) {
      try body()
    } catch {
      if muxer.hasFailed || error.code == ffmpeg_error_no_memory() { throw error }
      refused += 1
    }
  }
}

extension UnsafeMutablePointer<AVStream> {
  /// FFmpeg's name of the codec.
  var codecName: String { String(cString: avcodec_get_name(pointee.codecpar.pointee.codec_id)) }
}
