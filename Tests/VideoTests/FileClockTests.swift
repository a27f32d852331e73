import Testing

@testable internal import Video

@Suite struct `The clock of a file` {
  /// Packets of 100 ms: a stream and its time in milliseconds, as the file has it.
  private typealias Packets = [(stream: Int, time: Int64?)]

  /// The times that packets get, in milliseconds, and the clock afterwards.
  private func times(_ packets: Packets, mayBreak: Bool) -> (times: [Int64?], clock: FileClock) {
    let stamps = packets.map { FileClock.Stamp(stream: $0.stream, time: $0.time.map { $0 * 1000 }, duration: 100_000) }
    var clock = FileClock(mayBreak: mayBreak)
    let times = stamps.indices.map { index in
      var next = index
      let shift = clock.correction(for: stamps[index]) {
        next += 1
        return next < stamps.count ? stamps[next] : nil
      }
      return packets[index].time.map { $0 + shift / 1000 }
    }
    return (times, clock)
  }

  /// So many packets, 100 ms apart, of both of two streams.
  private func pair(_ count: Int, from start: Int64, lag: Int64 = 20) -> Packets {
    (0..<Int64(count)).flatMap { [(0, start + $0 * 100), (1, start + $0 * 100 + lag)] }
  }

  @Test(arguments: [false, true])
  func `steady times stay as they are`(mayBreak: Bool) {
    let packets = pair(30, from: 5000) + [(0, nil), (0, 8100)]
    let (times, clock) = times(packets, mayBreak: mayBreak)
    #expect(times == packets.map(\.time))
    #expect(clock.breaks.isEmpty)
  }

  @Test(arguments: [false, true])
  func `a clock that begins anew goes on, with one shift for both streams`(mayBreak: Bool) {
    let (times, clock) = times(pair(20, from: 1400) + pair(20, from: 1400), mayBreak: mayBreak)
    #expect(times == pair(40, from: 1400).map(\.time))
    #expect(clock.breaks == [FileClock.Break(time: 3_400_000, leap: -2_000_000)])
  }

  @Test func `the first sound after the break may come before the first picture`() {
    let anew = pair(20, from: 0)
    let (times, clock) = times(pair(20, from: 0) + [anew[1], anew[0]] + anew.dropFirst(2), mayBreak: true)
    let mended = pair(40, from: 0).map(\.time)
    #expect(times == mended.prefix(40) + [mended[41], mended[40]] + mended.dropFirst(42))
    #expect(clock.breaks.count == 1)
  }

  @Test(arguments: [(true, Int64(3_600_000), true), (true, 9000, false), (false, 3_600_000, false)])
  func `an hour's hole is closed where clocks may break`(mayBreak: Bool, leap: Int64, isClosed: Bool) {
    let (times, clock) = times(pair(20, from: 0) + pair(20, from: 2000 + leap), mayBreak: mayBreak)
    #expect(times == (pair(20, from: 0) + pair(20, from: isClosed ? 2000 : 2000 + leap)).map(\.time))
    #expect(clock.breaks.count == (isClosed ? 1 : 0))
  }

  @Test(arguments: [Int64(-300), 70_000, -2000], [1, 4])
  func `packets that stand out for a moment follow the one before`(leap: Int64, count: Int) {
    var packets = pair(40, from: 3000)
    for index in 0..<count { packets[21 + 2 * index].time = (packets[21 + 2 * index].time ?? 0) + leap }
    let (times, clock) = times(packets, mayBreak: true)
    #expect(times == pair(40, from: 3000).map(\.time))
    #expect(clock.breaks.isEmpty)
  }

  @Test func `sound that pauses goes on where the pictures are`() {
    let packets = pair(50, from: 0).enumerated().filter { !($1.stream == 1 && (20..<80).contains($0)) }.map(\.element)
    #expect(times(packets, mayBreak: true).times == packets.map(\.time))
  }

  @Test func `sound that leaps alone does not move the pictures`() {
    var packets = pair(40, from: 0)
    for index in 20..<39 { packets[2 * index + 1].time = (packets[2 * index + 1].time ?? 0) + 5000 }
    let (times, clock) = times(packets, mayBreak: true)
    #expect(times == pair(40, from: 0).map(\.time))
    #expect(clock.breaks.isEmpty)
  }

  @Test func `times at the ends of the integers do no harm`() {
    let wild: [Int64] = [.max / 2000, .min / 2000, 0, .max / 1000, .min / 1000]
    let (times, _) = times(wild.flatMap { [(0, $0), (1, $0)] }, mayBreak: true)
    #expect(times.count == 10)
  }
}
