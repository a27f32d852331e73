internal import Timing

/// Gives every decoded frame a presentation time that rises, also where the file lacks or repeats some.
///
/// Times that the file states are kept. A missing one is the previous frame's time plus its duration. One that is
/// not later than the previous frame's becomes one tick later; breaks of the file's clock are mended before
/// (``FileClock``).
struct FrameClock {
  private let usualDuration: Int64
  private var previous: (ticks: Int64, duration: Int64)?
  private let start: Int64

  /// - Parameter start: the time of a first frame that has none.
  init(timeBase: Rational, frameRate: Rational?, start: Int64) {
    let ticksPerSecond = timeBase.isPositive ? 1 / timeBase.value : 1
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
    return stated > previous.ticks ? stated : previous.ticks.addingClamped(1)
  }
}

extension Int64 {
  fileprivate func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }
}
