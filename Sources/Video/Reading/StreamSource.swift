internal import CFFmpeg
internal import Foundation
internal import Timing

/// The pictures of one stream of a media file.
final class StreamSource: PictureSource {
  private(set) var damage = DecodeDamage()
  /// Of pictures that do not say so themselves.
  private let orientation: Orientation

  private let demuxer: Demuxer
  private let reader: PacketReader
  private let decoder: PictureDecoder
  private let packet: OwnedPacket
  /// Packets that were read and wait to be decoded, the last one first.
  private var waiting: [OwnedPacket] = []
  private let stream: UnsafeMutablePointer<AVStream>
  private let timeBase: Rational
  private var clock: FrameClock
  /// nil where nobody asks for motion.
  private var motion: MotionVectors?
  private let cutOff: CutOff
  /// Pictures of the whole stream; nil where the file does not count them.
  private let statedCount: Int?
  private var packetCount = 0
  private var count = 0
  private var isDraining = false
  /// Whether not even the first picture can be read.
  private var isEncrypted = false
  private var hasEnded = false
  private var errorsInARow = 0

  /// More read errors than this in a row, and the rest of the file counts as lost.
  private static let patience = 10_000
  private let choiceWarning: String?

  init(
    _ file: SourceFile, stream index: Int?, threads: Int, wantsMotion: Bool, stop: StopRequest
  ) throws(VideoError) {
    demuxer = try Demuxer(file, stop: stop)
    stream = try StreamChoice.video(index, in: demuxer)
    timeBase = Rational(stream.pointee.time_base)
    decoder = try PictureDecoder(stream, threads: threads, exportsMotion: wantsMotion, file: file.url)
    motion = wantsMotion ? stream.pointee.codecpar.map { MotionVectors($0.pointee.codec_id) } : nil
    let sounds = StreamChoice.audio(beside: stream, in: demuxer)
    reader = PacketReader(demuxer, streams: StreamChoice.timed(stream, sounds))
    choiceWarning = index == nil ? StreamChoice.warning(reading: stream, in: demuxer) : nil
    cutOff = CutOff(demuxer, stream: stream)
    statedCount = cutOff.statedPictures
    orientation = Orientation(of: stream)
    let start = stream.pointee.start_time
    clock = FrameClock(
      timeBase: timeBase, frameRate: Rational(stream.pointee.avg_frame_rate),
      start: start == ffmpeg_no_timestamp() ? 0 : start)
    do throws(FFmpegError) { packet = try OwnedPacket() } catch {
      throw error.videoError(.outOfMemory, file: file.url, "")
    }
  }

  /// Passes over the pictures a while before `index`, without decoding them. To be called before the first picture.
  ///
  /// - Returns: The picture that comes next; nil where the file does not tell which one that would be, or that is the first one. The
  ///   source is then of no more use.
  func pass(to index: Int) throws(FFmpegError) -> KeyFrameSearch.Start? {
    var search = KeyFrameSearch(before: index)
    while search.wantsMore, try reader.read(into: packet) == .ready, !demuxer.hasSkippedDamage() {
      guard packet.pointer.pointee.stream_index == stream.pointee.index else { continue }
      packetCount += 1
      try search.add(packet)
    }
    guard let start = search.start else { return nil }
    (waiting, count) = (start.packets.reversed(), start.index)
    return start
  }

  var warnings: [String] { [choiceWarning, reader.clock.warning].compactMap { $0 } }

  func next(into frame: OwnedFrame) throws(VideoError) -> PicturePlace? {
    // What comes of the packets before an interruption may lack what follows: it is for the next run to give.
    while !demuxer.wasStopped {
      if isEncrypted {
        throw VideoError(
          .encrypted, file: demuxer.file,
          "its pictures are encrypted; decrypt it first, with what has the key for it, and give that")
      }
      do throws(FFmpegError) {
        switch try decoder.receive(into: frame) {
        case .ready:
          errorsInARow = 0
          return place(frame)
        case .again where !isDraining: try feed()
        case .again, .end: return noticeEnd()
        }
      } catch {
        let place = decoder.position.map { "near \(seconds(Double($0) * timeBase.value))" }
        lose("\(place ?? "after frame \(count)"): \(error.text)")
      }
    }
    return nil
  }

  /// Gives the decoder one packet of the stream, or the end.
  private func feed() throws(FFmpegError) {
    if let next = waiting.popLast() { return try decoder.send(next) }
    do throws(FFmpegError) {
      repeat {
        if try reader.read(into: packet) == .end { return startDraining() }
      } while packet.pointer.pointee.stream_index != stream.pointee.index
      packetCount += 1
    } catch {
      packetCount += 1
      return lose("after frame \(count): \(error.text)")
    }
    if demuxer.hasSkippedDamage() { damage.lose("after frame \(count): a part of the file is damaged and was skipped") }
    guard av_packet_get_side_data(packet.pointer, AV_PKT_DATA_ENCRYPTION_INFO, nil) == nil else {
      isEncrypted = packetCount == 1
      damage.lose("after frame \(count): the pictures from there on are encrypted")
      return startDraining()
    }
    motion?.note(packet, number: decoder.nextNumber)
    try decoder.send(packet)
  }

  private func lose(_ message: @autoclosure () -> String) {
    damage.lose(message())
    errorsInARow += 1
    if errorsInARow > Self.patience { startDraining() }
  }

  private func startDraining() {
    guard !isDraining else { return }
    isDraining = true
    errorsInARow = 0
    try? decoder.send(nil)
  }

  /// A file that was cut off may just end, without an error from the container.
  private func noticeEnd() -> PicturePlace? {
    if !hasEnded, let last = clock.end.map({ Double($0) * timeBase.value }) {
      let raw = last - Double(reader.clock.shift) / Double(AV_TIME_BASE)
      if let missing = cutOff.missing(packets: packetCount, end: raw) {
        damage.lose(packets: missing.packets, "after \(seconds(last)): \(missing.message)")
      }
    }
    hasEnded = true
    return nil
  }

  private func place(_ owned: OwnedFrame) -> PicturePlace {
    let (frame, length) = (owned.pointer.pointee, ffmpeg_duration(owned.pointer))
    let none = ffmpeg_no_timestamp()
    let stated = frame.best_effort_timestamp == none ? nil : frame.best_effort_timestamp
    let ticks = clock.time(stated: stated, duration: length)
    let time = MediaTime(ticks, timeBase)
    let isDamaged = frame.flags & AV_FRAME_FLAG_CORRUPT != 0 || frame.decode_error_flags != 0
    let shift = motion?.motion(of: owned, orientation(of: owned))
    if isDamaged {
      damage.patch("frame \(count) at \(seconds(time.seconds)): parts of it are damaged")
    }
    defer { count += 1 }
    let duration = untilEnd(from: ticks) ?? length
    return PicturePlace(
      index: count, time: time, duration: duration > 0 ? MediaTime(duration, timeBase) : nil,
      motion: isDamaged ? nil : shift)
  }

  /// How long the last frame is shown, by the stated length of the stream; nil for the others. Its packet does not
  /// tell where the order of decoding differs.
  private func untilEnd(from ticks: Int64) -> Int64? {
    let stream = stream.pointee
    guard stream.duration > 0, count + 1 == statedCount else { return nil }
    let start = stream.start_time == ffmpeg_no_timestamp() ? 0 : stream.start_time
    let duration = start &+ stream.duration &- ticks
    return duration > 0 ? duration : nil
  }

  func orientation(of frame: OwnedFrame) -> Orientation { Orientation(of: frame.pointer) ?? orientation }

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
    info.isFrameCountStated = statedCount != nil
    info.audioStreamCount = StreamChoice.audio(beside: stream, in: demuxer).count
  }

  private func estimatedCount(_ info: VideoInfo) -> Int? {
    if let statedCount { return statedCount }
    guard let duration = info.duration, let rate = info.format.frameRate else { return nil }
    let count = (duration.seconds * rate.value).rounded()
    return count.isFinite && count >= 1 && count < 1e12 ? Int(count) : nil
  }
}
