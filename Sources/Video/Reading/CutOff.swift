internal import CFFmpeg
internal import Foundation
internal import Timing

/// Finds files that stop before the end that they state. Matroska and others read as complete then.
enum CutOff {
  /// A stated length may be off by so many seconds, or by this part of it.
  private static let tolerance = (seconds: 1.0, part: 0.02)

  /// How many seconds are missing; nil where the file is whole or does not state its length itself.
  ///
  /// - Parameter end: the end of the last picture in seconds. Other streams are looked at only where that is too soon.
  static func missingSeconds(of demuxer: Demuxer, after end: Double) -> Double? {
    let context = demuxer.context.pointee
    guard context.duration > 0, context.duration_estimation_method != AVFMT_DURATION_FROM_BITRATE else { return nil }
    let stated = (Double(demuxer.startMicroseconds) + Double(context.duration)) / Double(AV_TIME_BASE)
    // Beyond thirty years it is damage that states the length.
    guard stated < 1e9 else { return nil }
    let latest = stated - max(tolerance.seconds, tolerance.part * stated)
    guard end < latest else { return nil }
    let last = max(end, lastPacket(demuxer.file, near: latest) ?? end)
    return last < latest ? stated - last : nil
  }

  /// The end of the last packet of any stream, in seconds.
  private static func lastPacket(_ file: URL, near seconds: Double) -> Double? {
    guard let source = try? SourceFile(file), let demuxer = try? Demuxer(source), let packet = try? OwnedPacket() else {
      return nil
    }
    av_seek_frame(demuxer.context, -1, Int64(seconds * Double(AV_TIME_BASE)), AVSEEK_FLAG_BACKWARD)
    var last: Double?
    while (try? demuxer.read(into: packet)) == .ready {
      let pointer = packet.pointer.pointee
      guard pointer.pts != ffmpeg_no_timestamp(), let stream = demuxer.stream(Int(pointer.stream_index)) else {
        continue
      }
      let end = Double(pointer.pts) + Double(max(0, pointer.duration))
      last = max(last ?? -.infinity, end * Rational(stream.pointee.time_base).value)
    }
    return last
  }
}
