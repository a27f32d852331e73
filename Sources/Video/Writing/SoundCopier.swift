internal import CFFmpeg
internal import Foundation
internal import Timing

/// Brings every audio stream of a source into the file being written, in step with its pictures.
final class SoundCopier {
  /// What a person should know: sound that was encoded anew or left out.
  private(set) var notes: [String] = []

  private let demuxer: Demuxer
  private let packet: OwnedPacket
  private let origin: MediaTime?
  private var tracks: [SoundTrack] = []
  private let from: Double
  private let to: Double
  private var isAtEnd = false

  /// Adds a stream to the muxer for every audio stream of the source. Before the header is written.
  init(_ source: SoundSource, origin: MediaTime?, container: Container, muxer: Muxer) throws(VideoError) {
    demuxer = try Demuxer(SourceFile(source.file))
    self.origin = origin
    do throws(FFmpegError) { packet = try OwnedPacket() } catch {
      throw error.videoError(.outOfMemory, file: source.file, "")
    }
    let zero = Double(demuxer.startMicroseconds) / Double(AV_TIME_BASE)
    from = source.start.map { $0 + zero } ?? -.infinity
    to = source.end.map { $0 + zero } ?? .infinity
    for stream in StreamChoice.audio(in: demuxer) { add(stream, container, muxer) }
    demuxer.select(Set(tracks.map(\.sourceIndex)))
    if from > zero, from < 1e9 {
      av_seek_frame(demuxer.context, -1, Int64(from * Double(AV_TIME_BASE)), AVSEEK_FLAG_BACKWARD)
    }
  }

  private func add(_ stream: UnsafeMutablePointer<AVStream>, _ container: Container, _ muxer: Muxer) {
    let codec = stream.pointee.codecpar.pointee.codec_id
    let name = String(cString: avcodec_get_name(codec))
    do {
      var transcoder: SoundTranscoder?
      if !container.canHold(codec) {
        transcoder = try SoundTranscoder(
          stream, encoder: container.soundEncoder, globalHeader: muxer.wantsGlobalHeader, file: demuxer.file)
        notes.append(
          "audio stream \(stream.pointee.index) (\(name)) is encoded anew as \(container.soundEncoder):"
            + " .\(container) can't hold it")
      }
      tracks.append(try SoundTrack(stream, origin: origin, transcoder: transcoder, muxer: muxer))
    } catch {
      notes.append("audio stream \(stream.pointee.index) (\(name)) is left out: \(error)")
    }
  }

  /// Writes all sound before `seconds` of the source's time.
  func advance(to seconds: Double) throws(FFmpegError) {
    while !isAtEnd {
      // What can't be read can't be copied; the pictures go on.
      guard let flow = try? demuxer.read(into: packet), flow == .ready else {
        isAtEnd = true
        return
      }
      guard let track = tracks.first(where: { $0.sourceIndex == Int(packet.pointer.pointee.stream_index) }) else {
        continue
      }
      let time = packetTime(track)
      if let time, time >= to {
        isAtEnd = true
        return
      }
      if let time, time < from { continue }
      try track.write(packet)
      if let time, time >= seconds { return }
    }
  }

  func finish() throws(FFmpegError) {
    for track in tracks { try track.finish() }
  }

  private func packetTime(_ track: SoundTrack) -> Double? {
    let pointer = packet.pointer.pointee
    let none = ffmpeg_no_timestamp()
    let ticks = pointer.pts == none ? pointer.dts : pointer.pts
    guard ticks != none, let stream = demuxer.stream(track.sourceIndex) else { return nil }
    return Double(ticks) * Rational(stream.pointee.time_base).value
  }
}
