internal import Timing

/// Gives every decoded frame a presentation time that rises, also where the file lacks or repeats some.
///
/// Times that the file states are kept. A missing one is the previous frame's time plus its duration. One that is
/// not later than the previous frame's becomes one tick later, unless it falls back by more than a second: that
/// is a file put together from parts, and all later times are moved on so that the parts follow each other.
struct FrameClock {
  private let ticksPerSecond: Double
  private let usualDuration: Int64
  private var previous: (ticks: Int64, duration: Int64)?
  private var shift: Int64 = 0
  private let start: Int64

  /// - Parameter start: the time of a first frame that has none.
  init(timeBase: Rational, frameRate: Rational?, start: Int64) {
    ticksPerSecond = timeBase.isPositive ? 1 / timeBase.value : 1
    let rate = frameRate.flatMap { $0.isPositive ? $0.value : nil } ?? 25
    usualDuration = Int64(max(1, min((ticksPerSecond / rate).rounded(), 1e15)))
    self.start = start
  }

  /// When the last frame so far stops being shown.
  var end: Int64? { previous.map { $0.ticks.addingClamped($0.duration) } }

  mutating func time(stated: Int64?, duration: Int64?) -> Int64 {
    let known = duration.flatMap { $0 > 0 ? $0 : nil }
    let ticks = place(stated)
    previous = (ticks, known ?? usualDuration)
    return ticks
  }

  private mutating func place(_ stated: Int64?) -> Int64 {
    guard let previous else { return stated ?? start }
    let next = previous.ticks.addingClamped(previous.duration)
    guard let stated else { return next }
    let shifted = stated.addingClamped(shift)
    if shifted > previous.ticks { return shifted }
    if Double(previous.ticks) - Double(shifted) > ticksPerSecond {
      shift = next.subtractingClamped(stated)
      return next
    }
    return previous.ticks.addingClamped(1)
  }
}

extension Int64 {
  fileprivate func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }

  fileprivate func subtractingClamped(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}
