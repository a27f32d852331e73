internal import CFFmpeg

/// Finds where decoding may begin so that a picture in the middle of a video comes as it does from the beginning, and which picture
/// that is.
///
/// Only streams are gone through like this whose packets are a picture each and tell when it is shown. Decoding begins with the last
/// key frame but one, since pictures behind a key frame may refer to what was before it, but not past the key frame before
/// (the handover of ``PictureDecoder`` rests on the same). Pictures that come behind that one and are shown before it are left out.
struct KeyFrameSearch {
  private struct Entry {
    var packet: OwnedPacket
    var time: Int64
  }

  private let target: Int
  /// The packets from the last key frame but one on, in the order of decoding.
  private var kept: [Entry] = []
  private var keptBytes = 0
  /// How many packets came before ``kept``.
  private var passed = 0
  /// The numbers of the last two key frames, in the order of decoding.
  private var keys: [Int] = []
  private var latest = Int64.min
  private var isPossible = true

  /// Pictures that follow another one in the order of decoding are shown before it up to so far.
  private static let mostReordered = 32
  /// Groups of pictures beyond this are not kept.
  private static let mostBytes = 256 << 20

  /// - Parameter target: The picture that is wanted, counted from 0 in the order of presentation.
  init(before target: Int) {
    self.target = target
  }

  /// Whether another packet is needed.
  var wantsMore: Bool { isPossible && passed + kept.count < target - Self.mostReordered }

  /// Takes the next packet of the stream; its bytes are shared.
  mutating func add(_ packet: OwnedPacket) throws(FFmpegError) {
    let (fields, number) = (packet.pointer.pointee, passed + kept.count)
    let doubtful = AV_PKT_FLAG_DISCARD | AV_PKT_FLAG_CORRUPT
    isPossible =
      isPossible && fields.pts != ffmpeg_no_timestamp() && fields.flags & doubtful == 0
      && !kept.suffix(Self.mostReordered).contains { $0.time == fields.pts }
    if fields.flags & AV_PKT_FLAG_KEY != 0, fields.pts > latest, number <= target - 2 * Self.mostReordered {
      keys = keys.suffix(1) + [number]
      drop(before: keys[0])
    }
    latest = max(latest, fields.pts)
    kept.append(Entry(packet: try OwnedPacket(sharing: packet), time: fields.pts))
    keptBytes += Int(fields.size)
    isPossible = isPossible && keptBytes <= Self.mostBytes
  }

  private mutating func drop(before number: Int) {
    let count = max(0, number - passed)
    for entry in kept.prefix(count) { keptBytes -= Int(entry.packet.pointer.pointee.size) }
    kept.removeFirst(count)
    passed += count
  }

  /// Where decoding may begin.
  struct Start {
    /// Of the picture of the first packet.
    var index: Int
    /// When it is shown, in the time base of the stream.
    var time: Int64
    /// In the order of decoding.
    var packets: [OwnedPacket]
  }

  /// nil where that is the beginning of the video, or can't be told.
  var start: Start? {
    guard isPossible, !wantsMore, keys.count == 2, passed > 0, let first = kept.first else { return nil }
    let shown = kept.filter { $0.time >= first.time }
    return Start(index: passed + kept.count - shown.count, time: first.time, packets: shown.map(\.packet))
  }
}
