internal import CFFmpeg
internal import Foundation
internal import Timing

/// Brings the audio streams of a source into the file being written, in step with its pictures.
final class SoundCopier {
  private let reader: PacketReader
  private let packet: OwnedPacket
  private let origin: MediaTime?
  private var tracks: [SoundTrack] = []
  private let from: Double
  private let to: Double
  /// Whether ``packet`` is yet to be written.
  private var isHolding = false
  private var isAtEnd = false
  private var unreadable = 0
  private var openingNotes: [String] = []

  /// More read errors than this, and the rest counts as lost.
  private static let patience = 10_000

  /// Adds a stream to the muxer for every audio stream that goes with the pictures. Before the header is written.
  init(_ source: SoundSource, origin: MediaTime?, container: Container, muxer: Muxer) throws(VideoError) {
    // Not to be stopped: what was done before an interruption gets its sound. It is read no further than the pictures were.
    let demuxer = try Demuxer(SourceFile(source.file), stop: StopRequest { false })
    let pictures = try StreamChoice.video(source.stream, in: demuxer)
    let sounds = StreamChoice.audio(beside: pictures, in: demuxer)
    reader = PacketReader(demuxer, streams: StreamChoice.timed(pictures, sounds))
    self.origin = origin
    do throws(FFmpegError) { packet = try OwnedPacket() } catch {
      throw error.videoError(.outOfMemory, file: source.file, "")
    }
    let zero = Double(demuxer.startMicroseconds) / Double(AV_TIME_BASE)
    from = source.start.map { $0 + zero } ?? -.infinity
    to = source.end.map { $0 + zero } ?? .infinity
    for stream in sounds { add(stream, container, muxer) }
    isAtEnd = tracks.isEmpty
  }

  /// What a person should know: sound that was encoded anew or left out.
  var notes: [String] {
    let reading = unreadable > 0 ? ["\(unreadable) packets of sound could not be read"] : []
    return openingNotes + tracks.compactMap(\.note) + reading
  }

  private func add(_ stream: UnsafeMutablePointer<AVStream>, _ container: Container, _ muxer: Muxer) {
    let title = "audio stream \(stream.pointee.index) (\(stream.codecName))"
    do {
      var transcoder: SoundTranscoder?
      if !container.canHold(stream.pointee.codecpar.pointee.codec_id) {
        transcoder = try SoundTranscoder(
          stream, encoder: container.soundEncoder, globalHeader: container.wantsGlobalHeader, file: reader.demuxer.file)
        openingNotes.append("\(title) is encoded anew as \(container.soundEncoder): .\(container) can't hold it")
      }
      tracks.append(try SoundTrack(stream, origin: origin, transcoder: transcoder, muxer: muxer))
    } catch {
      openingNotes.append("\(title) is left out: \(error)")
    }
  }

  /// Writes all sound before `seconds` of the source's time.
  func advance(to seconds: Double) throws(FFmpegError) {
    while !isAtEnd {
      if !isHolding, !readAhead() {
        isAtEnd = true
        return
      }
      isHolding = true
      guard let track = tracks.first(where: { $0.sourceIndex == Int(packet.pointer.pointee.stream_index) }) else {
        isHolding = false
        continue
      }
      let time = packetTime(track)
      if let time, time >= seconds, time < to { return }
      isHolding = false
      if let time, time >= to {
        isAtEnd = true
        return
      }
      if let time, time < from { continue }
      try track.write(packet)
    }
  }

  func finish() throws(FFmpegError) {
    for track in tracks { try track.finish() }
  }

  /// Reads the next packet; false at the end. What can't be read can't be copied; the rest goes on.
  private func readAhead() -> Bool {
    while unreadable < Self.patience {
      do throws(FFmpegError) {
        return try reader.read(into: packet) == .ready
      } catch {
        unreadable += 1
      }
    }
    return false
  }

  private func packetTime(_ track: SoundTrack) -> Double? {
    let pointer = packet.pointer.pointee
    let none = ffmpeg_no_timestamp()
    let ticks = pointer.pts == none ? pointer.dts : pointer.pts
    guard ticks != none, let stream = reader.demuxer.stream(track.sourceIndex) else { return nil }
    return Double(ticks) * Rational(stream.pointee.time_base).value
  }
}
