internal import CFFmpeg
internal import Foundation
internal import Timing

/// The packets of some streams of a file in the order of the file, with the times of its ``FileClock``.
///
/// Whoever reads pictures and whoever reads sound choose the same streams, so that both see the same breaks of the clock.
final class PacketReader {
  let demuxer: Demuxer
  private(set) var clock: FileClock

  private enum Entry {
    case packet(OwnedPacket)
    case failure(FFmpegError)
    case end
  }

  /// At most so many packets are looked at ahead to tell a break of the clock from a fault.
  private static let horizon = 1000
  private let streams: Set<Int>
  /// What was read ahead.
  private var waiting: [Entry] = []

  init(_ demuxer: Demuxer, streams: Set<Int>) {
    self.demuxer = demuxer
    self.streams = streams
    clock = FileClock(mayBreak: demuxer.mayBreakItsClock)
    demuxer.select(streams)
  }

  /// Reads the next packet of the chosen streams.
  func read(into packet: OwnedPacket) throws(FFmpegError) -> Flow {
    av_packet_unref(packet.pointer)
    switch try takeEntry(into: packet) {
    case .ready: break
    case let other: return other
    }
    var position = 0
    let shift = try clock.correction(for: stamp(packet)) { () throws(FFmpegError) -> FileClock.Stamp? in
      while position < Self.horizon {
        if position == waiting.count { try readAhead() }
        defer { position += 1 }
        switch waiting[position] {
        case .packet(let ahead): return stamp(ahead)
        case .failure: continue
        case .end: return nil
        }
      }
      return nil
    }
    packet.shift(by: shift, timeBase: timeBase(packet))
    return .ready
  }

  private func takeEntry(into packet: OwnedPacket) throws(FFmpegError) -> Flow {
    guard let entry = waiting.first else { return try readChosen(into: packet) }
    if case .end = entry { return .end }
    waiting.removeFirst()
    switch entry {
    case .packet(let ahead):
      av_packet_move_ref(packet.pointer, ahead.pointer)
      return .ready
    case .failure(let error): throw error
    case .end: return .end
    }
  }

  private func readAhead() throws(FFmpegError) {
    let packet = try OwnedPacket()
    do throws(FFmpegError) {
      waiting.append(try readChosen(into: packet) == .ready ? .packet(packet) : .end)
    } catch {
      waiting.append(.failure(error))
    }
  }

  private func readChosen(into packet: OwnedPacket) throws(FFmpegError) -> Flow {
    repeat {
      let flow = try demuxer.read(into: packet)
      if flow != .ready { return flow }
    } while !streams.contains(Int(packet.pointer.pointee.stream_index))
    return .ready
  }

  private func stamp(_ packet: OwnedPacket) -> FileClock.Stamp {
    let none = ffmpeg_no_timestamp()
    let (pointer, base) = (packet.pointer.pointee, timeBase(packet))
    func microseconds(_ ticks: Int64) -> Int64? {
      let time = av_rescale_q(ticks, base, Rational(1, AV_TIME_BASE).av)
      return ticks != none && time.magnitude < 1 << 60 ? time : nil
    }
    return FileClock.Stamp(
      stream: Int(pointer.stream_index), time: microseconds(pointer.dts == none ? pointer.pts : pointer.dts),
      duration: microseconds(max(0, pointer.duration)) ?? 0, isOrdered: pointer.dts != none,
      isSteady: pointer.duration > 0 && kind(packet) == AVMEDIA_TYPE_AUDIO)
  }

  private func kind(_ packet: OwnedPacket) -> AVMediaType {
    demuxer.stream(Int(packet.pointer.pointee.stream_index))?.pointee.codecpar.pointee.codec_type
      ?? AVMEDIA_TYPE_UNKNOWN
  }

  private func timeBase(_ packet: OwnedPacket) -> AVRational {
    demuxer.stream(Int(packet.pointer.pointee.stream_index))?.pointee.time_base ?? Rational(1, AV_TIME_BASE).av
  }
}

extension OwnedPacket {
  /// Moves the packet's times on by so many microseconds.
  fileprivate func shift(by microseconds: Int64, timeBase: AVRational) {
    guard microseconds != 0 else { return }
    let none = ffmpeg_no_timestamp()
    let ticks = av_rescale_q(microseconds, Rational(1, AV_TIME_BASE).av, timeBase)
    if pointer.pointee.dts != none { pointer.pointee.dts &+= ticks }
    if pointer.pointee.pts != none { pointer.pointee.pts &+= ticks }
  }
}

extension FileClock {
  /// What a person should know about the breaks; nil where there were none.
  var warning: String? {
    guard let first = breaks.first else { return nil }
    func seconds(_ value: Int64) -> String { String(format: "%.3f s", Double(value) / Double(AV_TIME_BASE)) }
    let place = "at \(seconds(first.time)) the clock of the file"
    let what =
      first.leap < 0
      ? "\(place) goes back by \(seconds(0 &- first.leap)); pictures and sound from there on follow what comes before"
      : "\(place) leaps by \(seconds(first.leap)); the hole is closed"
    return breaks.count == 1 ? what : "\(what), and so at \(breaks.count - 1) later places"
  }
}
