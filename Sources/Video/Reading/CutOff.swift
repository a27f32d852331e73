internal import CFFmpeg
internal import Foundation
internal import Timing

/// Finds files that stop before the end that they state, which FFmpeg reads as if they were whole.
struct CutOff {
  private let demuxer: Demuxer
  private let layout: FileLayout
  private let stream: UnsafeMutablePointer<AVStream>

  /// Where the layout does not tell, a stated length may be off by so many seconds.
  private static let tolerance = 1.0

  init(_ demuxer: Demuxer, stream: UnsafeMutablePointer<AVStream>) {
    self.demuxer = demuxer
    self.stream = stream
    layout = FileLayout(demuxer.file)
  }

  /// How many pictures the index of the stream has; nil where it has no index of all of them. Fragments bring their own,
  /// so it holds only once they are read.
  private var indexedPackets: Int? {
    guard demuxer.hasWholeIndex else { return nil }
    return Int(avformat_index_get_entries_count(stream))
  }

  /// How many pictures the file shows by its own count; nil where it does not count all of them.
  var statedPictures: Int? {
    guard !layout.hasFragments, let count = indexedPackets, count > 0 else { return nil }
    let hidden = (0..<Int32(clamping: count)).count {
      (avformat_index_get_entry(stream, $0)?.pointee.flags ?? 0) & AVINDEX_DISCARD_FRAME != 0
    }
    return count - hidden
  }

  /// What is missing, once all was read; nil where the file is whole, or does not say.
  ///
  /// - Parameters:
  ///   - packets: how many packets of the stream were read, or could not be.
  ///   - end: the end of the last picture in seconds, by the clock of the file.
  func missing(packets: Int, end: Double) -> (packets: Int, message: String)? {
    // AVI's header counts too, not always exactly.
    if let counted = indexedPackets ?? (layout.missingBytes > 0 ? Int(stream.pointee.nb_frames) : nil), counted > 0 {
      guard packets < counted else { return nil }
      return (counted - packets, "the file ends \(counted - packets) of \(counted) pictures early; it was cut off")
    }
    guard let missing = missingSeconds(after: end) else { return nil }
    return (1, "the file ends \(String(format: "%.3f s", missing)) before its stated end; it was cut off")
  }

  private func missingSeconds(after end: Double) -> Double? {
    let context = demuxer.context.pointee
    guard context.duration > 0, context.duration_estimation_method == AVFMT_DURATION_FROM_STREAM else { return nil }
    let stated = (Double(demuxer.startMicroseconds) + Double(context.duration)) / Double(AV_TIME_BASE)
    // Beyond thirty years it is damage that states the length.
    guard stated < 1e9 else { return nil }
    let latest = stated - (layout.missingBytes > 0 ? pictureDuration : Self.tolerance)
    guard end < latest else { return nil }
    // Other streams are looked at only where the pictures end too soon.
    let last = max(end, lastPacket(near: latest) ?? end)
    return last < latest && !demuxer.stop.isMade ? stated - last : nil
  }

  /// Half as long as a picture is shown: lengths are rounded to milliseconds.
  private var pictureDuration: Double {
    let rate = Rational(stream.pointee.avg_frame_rate)
    return rate.isPositive ? 0.5 / rate.value : 0.02
  }

  /// The end of the last packet of any stream, in seconds.
  private func lastPacket(near seconds: Double) -> Double? {
    guard let source = try? SourceFile(demuxer.file), let demuxer = try? Demuxer(source, stop: demuxer.stop),
      let packet = try? OwnedPacket()
    else { return nil }
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
