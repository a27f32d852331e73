internal import CFFmpeg
internal import Foundation

/// Decodes the pictures of a stream with several threads, and gives the same pictures and the same damage in every run.
///
/// Decoders that work on several pictures at a time mend a damaged one while others already copy from it, and say so at
/// any moment: what comes out is chance. So the quick decoder, with all threads, is believed as long as it complains of
/// nothing. Once it does, what it has not given yet is decoded again by a careful one, with one thread, which starts one
/// key frame earlier than the last one shown, so that it knows all that its pictures refer to. Behind the damage a new
/// quick decoder runs along from one key frame to the next, where it takes over.
final class PictureDecoder {
  let name: String
  /// Presentation time of the packet that the last error is about; nil where it has none.
  private(set) var position: Int64?

  private let stream: UnsafeMutablePointer<AVStream>
  private let threads: Int
  private let exportsMotion: Bool
  private let file: URL

  /// Runs along with ``careful``, or alone where that is nil.
  private var quick: Decoder?
  private var careful: Decoder?
  /// Whether a quick decoder is any quicker.
  private let isParallel: Bool

  /// Packets from the place on where a careful decoder would begin.
  private var kept: [(number: Int64, packet: OwnedPacket)] = []
  private var keptBytes = 0
  /// How many of ``kept`` the careful decoder has had.
  private var replayed = 0
  /// Key frames in ``kept``, in the order of decoding.
  private var keys: [(number: Int64, isShown: Bool)] = []
  /// The pictures given since the first one kept, and those of them that the careful decoder will repeat.
  private var given: [Int64] = []
  private var repeated: [Int64: Int] = [:]
  /// The key frame with which the quick decoder takes over; its pictures before are left out.
  private var handover: Int64?
  /// How many pictures may yet be left out before that one; nil where it is past.
  private var skips: Int?

  /// Of the next packet: they are counted in the order of decoding.
  private(set) var nextNumber: Int64 = 0
  private var current: Int64 = 0
  private var hasEnded = false
  /// Key frames without damage that are waited for before a quick decoder is tried; more after each vain attempt.
  private var wait = 1
  private var calm = 0

  /// Groups of pictures beyond this are not kept, but decoded carefully.
  private static let mostBytes = 256 << 20
  /// Pictures that follow another one in the order of decoding are shown before it up to so far.
  private static let mostReordered = 32

  /// - Parameter exportsMotion: Whether pictures carry motion vectors, where the codec gives them. Then one thread decodes: FFmpeg
  ///   loses vectors by chance where several pictures are decoded at a time.
  init(
    _ stream: UnsafeMutablePointer<AVStream>, threads: Int, exportsMotion: Bool, file: URL
  ) throws(VideoError) {
    self.stream = stream
    self.threads = threads
    self.exportsMotion = exportsMotion
    self.file = file
    let first = try Self.decoder(stream, exportsMotion ? .none : .frames(threads), exportsMotion, file)
    name = first.name
    isParallel = first.isParallel
    if isParallel { quick = first } else { careful = try Self.decoder(stream, .none, exportsMotion, file) }
  }

  private static func decoder(
    _ stream: UnsafeMutablePointer<AVStream>, _ threading: Decoder.Threading, _ exportsMotion: Bool, _ file: URL
  ) throws(VideoError) -> Decoder {
    let parameters = stream.pointee.codecpar
    return try Decoder(
      parameters?.pointee.codec_id ?? AV_CODEC_ID_NONE, parameters: parameters, timeBase: stream.pointee.time_base,
      threading: threading, exportsMotion: exportsMotion, file: file)
  }

  /// Gives the next packet, or nil after the last, once ``receive(into:)`` asks for it. Errors are those of decoding it.
  func send(_ packet: OwnedPacket?) throws(FFmpegError) {
    guard let packet else {
      hasEnded = true
      if careful != nil { stopWarming() }
      _ = try (careful ?? quick)?.send(nil)
      return
    }
    let number = nextNumber
    nextNumber += 1
    let isKey = packet.pointer.pointee.flags & AV_PKT_FLAG_KEY != 0
    if let careful {
      if isKey { try prepareHandover(at: number) }
      if let quick {
        try keep(packet, number, isKey)
        try drain(quick)
        _ = try? quick.send(packet, number: number)
      }
      try feed(careful, packet, number)
    } else if let quick {
      try keep(packet, number, isKey)
      if keptBytes > Self.mostBytes || (try? quick.send(packet, number: number)) == nil { try beCareful() }
    }
  }

  /// The next picture, or `.again` where a packet is needed first.
  func receive(into frame: OwnedFrame) throws(FFmpegError) -> Flow {
    while true {
      if let careful {
        if let flow = try receive(from: careful, into: frame) { return flow }
      } else if let quick {
        if let flow = try receive(from: quick, believing: frame) { return flow }
      }
    }
  }

  // MARK: Quick

  /// nil where there is something to be tried first.
  private func receive(from quick: Decoder, believing frame: OwnedFrame) throws(FFmpegError) -> Flow? {
    guard let flow = try? quick.receive(into: frame), !quick.complaints.isRaised else {
      try beCareful()
      return nil
    }
    if let left = skips, flow != .again {
      if flow == .ready, frame.number == handover {
        skips = nil
      } else {
        // Without the picture that it was to begin with, it is of no use.
        if flow == .end || left == 0 {
          try beCareful()
        } else if frame.number > handover ?? 0 {
          skips = left - 1
        }
        return nil
      }
    }
    if flow == .ready { show(frame) }
    return flow
  }

  private func keep(_ packet: OwnedPacket, _ number: Int64, _ isKey: Bool) throws(FFmpegError) {
    kept.append((number, try OwnedPacket(sharing: packet)))
    keptBytes += Int(packet.pointer.pointee.size)
    if isKey { keys.append((number, false)) }
  }

  /// Notes that a picture is given, and forgets what a careful decoder would not need any more.
  private func show(_ frame: OwnedFrame) {
    given.append(frame.number)
    guard let key = keys.firstIndex(where: { $0.number == frame.number }), frame.isIntra else { return }
    keys[key].isShown = true
    guard let start = keys[..<key].last(where: \.isShown)?.number else { return }
    keys.removeAll { $0.number < start }
    given.removeAll { $0 < start }
    let count = kept.prefix { $0.number < start }.count
    for entry in kept.prefix(count) { keptBytes -= Int(entry.packet.pointer.pointee.size) }
    kept.removeFirst(count)
  }

  // MARK: Careful

  private func beCareful() throws(FFmpegError) {
    quick = nil
    do throws(VideoError) {
      careful = try Self.decoder(stream, .none, exportsMotion, file)
    } catch {
      throw FFmpegError(code: ffmpeg_error_no_memory())
    }
    (handover, skips, replayed, calm) = (nil, nil, 0, 0)
    repeated = Dictionary(given.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// nil where there is something to be tried first.
  private func receive(from careful: Decoder, into frame: OwnedFrame) throws(FFmpegError) -> Flow? {
    let flow: Flow
    do throws(FFmpegError) {
      flow = try careful.receive(into: frame)
    } catch {
      noticeDamage()
      if repeated[current] != nil { return nil }
      throw error
    }
    if careful.complaints.isRaised { noticeDamage() }
    switch flow {
    case .end: return .end
    case .again: return try replay(careful) ? nil : .again
    case .ready:
      if frame.number == handover, frame.isIntra {
        self.careful = nil
        (skips, wait) = (Self.mostReordered, 1)
        return nil
      }
      // Where pictures are renewed bit by bit, key frames are no whole pictures.
      if quick != nil, keys.contains(where: { $0.number == frame.number }), !frame.isIntra { noticeDamage() }
      if let count = repeated[frame.number], count > 0 {
        repeated[frame.number] = count - 1
        return nil
      }
      if quick != nil { show(frame) }
      return .ready
    }
  }

  /// Gives the careful decoder the next of the packets that it has to catch up with; false where it has had them all.
  private func replay(_ careful: Decoder) throws(FFmpegError) -> Bool {
    guard quick == nil, !kept.isEmpty else { return false }
    guard replayed < kept.count else {
      forget()
      if hasEnded { _ = try careful.send(nil) }
      return hasEnded
    }
    let (number, packet) = kept[replayed]
    replayed += 1
    do throws(FFmpegError) {
      try feed(careful, packet, number)
    } catch {
      // It was whole before: only the beginning in the middle of the file harms it.
      if repeated[number] == nil { throw error }
    }
    return true
  }

  private func feed(_ careful: Decoder, _ packet: OwnedPacket, _ number: Int64) throws(FFmpegError) {
    current = number
    let time = packet.pointer.pointee.pts
    position = time == ffmpeg_no_timestamp() ? nil : time
    do throws(FFmpegError) {
      _ = try careful.send(packet, number: number)
    } catch {
      noticeDamage()
      throw error
    }
  }

  private func noticeDamage() {
    careful?.complaints.await(from: current + 1)
    calm = 0
    guard quick != nil else { return }
    wait = min(2 * wait, 64)
    stopWarming()
  }

  // MARK: From careful to quick

  /// Lets a quick decoder run along from a key frame on, and take over at the next.
  private func prepareHandover(at key: Int64) throws(FFmpegError) {
    guard isParallel, handover == nil else { return }
    if let quick {
      handover = key
      quick.complaints.await(from: key)
      return
    }
    calm += 1
    guard calm >= wait else { return }
    do throws(VideoError) {
      quick = try Self.decoder(stream, .frames(threads), exportsMotion, file)
    } catch {
      throw FFmpegError(code: ffmpeg_error_no_memory())
    }
    quick?.complaints.await(from: .max)
  }

  /// What a decoder that runs along gives is not needed.
  private func drain(_ quick: Decoder) throws(FFmpegError) {
    let frame = try OwnedFrame()
    while (try? quick.receive(into: frame)) == .ready {}
    if keptBytes > Self.mostBytes || handover != nil && quick.complaints.isRaised { noticeDamage() }
  }

  private func stopWarming() {
    (quick, handover) = (nil, nil)
    forget()
  }

  private func forget() {
    (kept, keptBytes, replayed, keys, given) = ([], 0, 0, [], [])
  }
}

extension OwnedFrame {
  /// Whether it refers to no other picture, as far as the decoder tells.
  var isIntra: Bool { ![AV_PICTURE_TYPE_P, AV_PICTURE_TYPE_B].contains(pointer.pointee.pict_type) }
}
