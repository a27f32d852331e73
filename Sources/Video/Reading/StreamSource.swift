internal import CFFmpeg
internal import Foundation
internal import Timing

/// The pictures of one stream of a media file.
final class StreamSource: PictureSource {
  private(set) var damage = DecodeDamage()
  let orientation: Orientation

  private let demuxer: Demuxer
  private let decoder: Decoder
  private let packet: OwnedPacket
  private let stream: UnsafeMutablePointer<AVStream>
  private let timeBase: Rational
  private var clock: FrameClock
  private var count = 0
  private var isDraining = false
  private var hasEnded = false
  private var errorsInARow = 0

  /// More read errors than this in a row, and the rest of the file counts as lost.
  private static let patience = 10_000

  init(_ file: SourceFile, stream index: Int?, threads: Int) throws(VideoError) {
    demuxer = try Demuxer(file)
    stream = try StreamChoice.video(index, in: demuxer)
    timeBase = Rational(stream.pointee.time_base)
    let parameters = stream.pointee.codecpar
    decoder = try Decoder(
      parameters?.pointee.codec_id ?? AV_CODEC_ID_NONE, parameters: parameters, timeBase: stream.pointee.time_base,
      threading: .frames(threads), file: file.url)
    demuxer.select([Int(stream.pointee.index)])
    orientation = Orientation(of: stream)
    let start = stream.pointee.start_time
    clock = FrameClock(
      timeBase: timeBase, frameRate: Rational(stream.pointee.avg_frame_rate),
      start: start == ffmpeg_no_timestamp() ? 0 : start)
    do throws(FFmpegError) { packet = try OwnedPacket() } catch {
      throw error.videoError(.outOfMemory, file: file.url, "")
    }
  }

  func next(into frame: OwnedFrame) throws(VideoError) -> PicturePlace? {
    while true {
      do throws(FFmpegError) {
        switch try decoder.receive(into: frame) {
        case .ready: return place(frame.pointer.pointee)
        case .end: return noticeEnd()
        case .again:
          if isDraining { return noticeEnd() }
          try feed()
        }
        errorsInARow = 0
      } catch {
        errorsInARow += 1
        damage.lose(message(error))
        if errorsInARow > Self.patience {
          if isDraining { return noticeEnd() }
          startDraining()
        }
      }
    }
  }

  /// Gives the decoder one packet of the stream, or the end.
  private func feed() throws(FFmpegError) {
    repeat {
      if try demuxer.read(into: packet) == .end { return startDraining() }
    } while packet.pointer.pointee.stream_index != stream.pointee.index
    _ = try decoder.send(packet)
  }

  private func startDraining() {
    guard !isDraining else { return }
    isDraining = true
    errorsInARow = 0
    _ = try? decoder.send(nil)
  }

  /// A file that was cut off may just end, without an error from the container.
  private func noticeEnd() -> PicturePlace? {
    if !hasEnded, damage.isEmpty, let last = clock.end.map({ Double($0) * timeBase.value }),
      let missing = CutOff.missingSeconds(of: demuxer, after: last)
    {
      damage.lose("after \(seconds(last)): the file ends \(seconds(missing)) before its stated end; it was cut off")
    }
    hasEnded = true
    return nil
  }

  private func place(_ frame: AVFrame) -> PicturePlace {
    let none = ffmpeg_no_timestamp()
    let stated = frame.best_effort_timestamp == none ? nil : frame.best_effort_timestamp
    let ticks = clock.time(stated: stated, duration: frame.pkt_duration)
    let time = MediaTime(ticks, timeBase)
    if frame.flags & AV_FRAME_FLAG_CORRUPT != 0 || frame.decode_error_flags != 0 {
      damage.patch("frame \(count) at \(seconds(time.seconds)): parts of it are damaged")
    }
    defer { count += 1 }
    let duration = untilEnd(from: ticks) ?? frame.pkt_duration
    return PicturePlace(index: count, time: time, duration: duration > 0 ? MediaTime(duration, timeBase) : nil)
  }

  /// How long the last frame is shown, by the stated length of the stream; nil for the others. Its packet does not
  /// tell where the order of decoding differs.
  private func untilEnd(from ticks: Int64) -> Int64? {
    let stream = stream.pointee
    guard stream.duration > 0, Int64(count) + 1 == stream.nb_frames else { return nil }
    let start = stream.start_time == ffmpeg_no_timestamp() ? 0 : stream.start_time
    let duration = start &+ stream.duration &- ticks
    return duration > 0 ? duration : nil
  }

  private func message(_ error: FFmpegError) -> String {
    let pts = packet.pointer.pointee.pts
    let place =
      pts == ffmpeg_no_timestamp() ? "after frame \(count)" : "near \(seconds(Double(pts) * timeBase.value))"
    return "\(place): \(error.text)"
  }

  private func seconds(_ value: Double) -> String { String(format: "%.3f s", value) }

  func describe(into info: inout VideoInfo) {
    let context = demuxer.context.pointee
    info.kind = .video
    info.codec = decoder.name
    info.container = demuxer.containerName
    info.stream = Int(stream.pointee.index)
    info.format.timeBase = timeBase
    let rate = Rational(stream.pointee.avg_frame_rate)
    info.format.frameRate = rate.isPositive ? rate : nil
    let microsecond = Rational(1, AV_TIME_BASE)
    info.hasArbitraryStart = demuxer.hasArbitraryStart
    info.startTime = MediaTime(MediaTime(demuxer.startMicroseconds, microsecond).ticks(in: timeBase), timeBase)
    if stream.pointee.duration > 0 {
      info.duration = MediaTime(stream.pointee.duration, timeBase)
    } else if context.duration > 0 {
      info.duration = MediaTime(context.duration, microsecond)
    }
    info.estimatedFrameCount = estimatedCount(info)
    info.isFrameCountStated = stream.pointee.nb_frames > 0
    info.audioStreamCount = StreamChoice.audio(in: demuxer).count
  }

  private func estimatedCount(_ info: VideoInfo) -> Int? {
    if stream.pointee.nb_frames > 0 { return Int(stream.pointee.nb_frames) }
    guard let duration = info.duration, let rate = info.format.frameRate else { return nil }
    let count = (duration.seconds * rate.value).rounded()
    return count.isFinite && count >= 1 && count < 1e12 ? Int(count) : nil
  }
}
