/// Keeps the times of a file's packets on one clock, where the file's own begins anew or leaps.
///
/// Files joined end to end and recorders that were restarted go back in time; transport streams that were put together
/// from recordings hold leaps of hours. Such a break moves all later packets of all streams, so that pictures and sound
/// stay together and the parts follow each other without a hole. Holes are closed where FFmpeg's own command closes
/// them: in formats whose clocks may break, from ten seconds on (`dts_delta_threshold`).
///
/// A break is one of all streams, and lasts. Packets that stand out for a moment, or whose stream leaps alone to where the
/// file does not lie, have a wrong time, as after a fault of transmission: they follow the packet before.
struct FileClock {
  /// What the clock is told of a packet; times in microseconds, as the file has them.
  struct Stamp: Equatable {
    var stream: Int
    /// When the packet is to be decoded; nil where the file does not say.
    var time: Int64?
    var duration: Int64
    /// Whether ``time`` rises from packet to packet; times of presentation swing around.
    var isOrdered = true
    /// Whether packets follow each other without a gap, as those of sound.
    var isSteady = false
  }

  /// Where the clock of the file breaks, in microseconds.
  struct Break: Equatable {
    /// Place on the mended clock.
    var time: Int64
    /// How much later than expected the next packet is by the file's clock; negative where that goes back.
    var leap: Int64
  }

  private(set) var breaks: [Break] = []
  /// Added to all times from the last break on.
  private(set) var shift: Int64 = 0

  private struct Place {
    var last: Int64
    var next: Int64
  }

  /// Whether the format says that clocks may break in its files (`AVFMT_TS_DISCONT`).
  private let mayBreak: Bool
  private var places: [Int: Place] = [:]

  private static let second: Int64 = 1_000_000
  private static let hole = 10 * second
  /// How long a stream has to go on, on the old or the new clock, to be believed.
  private static let proof = second
  /// How far apart in time neighbours in the file may be.
  private static let interleaving = 2 * second

  init(mayBreak: Bool) {
    self.mayBreak = mayBreak
  }

  /// What is to be added to the times of the next packet.
  ///
  /// - Parameter following: gives the packets after it, one after the other; nil at the end of the file.
  mutating func correction<E: Error>(for stamp: Stamp, following: () throws(E) -> Stamp?) throws(E) -> Int64 {
    guard let stated = stamp.time else { return shift }
    let time = stated &+ shift
    var own = shift
    if let expected = expected(stamp), leaps(stamp, to: time, expected) {
      let leap = time &- expected
      switch try verdict(on: stamp, leap: leap, following) {
      case .fault: own = shift &- leap
      case .own: own = isAmongOthers(stamp, time) ? shift : shift &- leap
      case .common where leap < 0 || mayBreak && leap > Self.hole:
        breaks.append(Break(time: expected, leap: leap))
        shift = shift &- leap
        own = shift
      case .common: break
      }
    }
    let placed = stated &+ own
    places[stamp.stream] = Place(last: placed, next: placed &+ max(0, stamp.duration))
    return own
  }

  private func expected(_ stamp: Stamp) -> Int64? {
    if let place = places[stamp.stream] { return place.next }
    // A stream that begins late is expected where the others are.
    return mayBreak ? places.values.map(\.next).max() : nil
  }

  /// Whether the packet does not follow the one before and is to be looked at.
  private func leaps(_ stamp: Stamp, to time: Int64, _ expected: Int64) -> Bool {
    guard let place = places[stamp.stream] else { return (time &- expected).magnitude > Self.hole.magnitude }
    let isAlone = places.count == 1
    let gap = isAlone ? Self.hole : stamp.isSteady ? Self.second / 20 : Self.second
    if time &- expected > gap { return true }
    return time &- place.last < (mayBreak && stamp.isOrdered ? -Self.second / 10 : -Self.second)
  }

  private func isAmongOthers(_ stamp: Stamp, _ time: Int64) -> Bool {
    places.contains { stream, place in
      stream != stamp.stream && (place.next &- time).magnitude < Self.interleaving.magnitude
    }
  }

  private enum Verdict {
    /// The stream is soon back on its old clock.
    case fault
    /// The other streams stay on theirs.
    case own
    case common
  }

  private func verdict<E: Error>(
    on stamp: Stamp, leap: Int64, _ following: () throws(E) -> Stamp?
  ) throws(E) -> Verdict {
    var places = places
    // Where the stream's next packet would be on the new clock.
    var next = (stamp.time ?? 0) &+ shift &+ stamp.duration
    var passed = stamp.duration
    var others: [Int: Int64] = [:]
    var othersLeap = places.count == (places[stamp.stream] == nil ? 0 : 1)
    while passed < Self.proof || !othersLeap, let packet = try following() {
      guard let stated = packet.time else { continue }
      let time = stated &+ shift
      if packet.stream == stamp.stream {
        if passed < Self.proof, isNearer(time, to: next &- leap, than: next) { return .fault }
        next = time &+ packet.duration
        passed &+= max(1, packet.duration)
      } else if let place = places[packet.stream] {
        if isNearer(time, to: place.next, than: place.next &+ leap) {
          places[packet.stream]?.next = time &+ packet.duration
          others[packet.stream, default: 0] += max(1, packet.duration)
          if passed >= Self.proof, others[packet.stream, default: 0] >= Self.proof { return .own }
        } else {
          othersLeap = true
        }
      }
    }
    return !othersLeap && !others.isEmpty ? .own : .common
  }

  private func isNearer(_ time: Int64, to first: Int64, than second: Int64) -> Bool {
    (time &- first).magnitude < (time &- second).magnitude
  }
}
