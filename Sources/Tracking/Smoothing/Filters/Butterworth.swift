private import Foundation

/// A Butterworth low-pass of second order run forward and back, which cancels its lag and makes it one of fourth order: the filter
/// of motion analysis (Winter, *Biomechanics and Motor Control of Human Movement*, 4th edition, 2009, section 3.4.4.2). The single passes have
/// a higher cut-off, so that both together let through 71 % at the one asked for.
///
/// A signal is continued beyond its ends by its image about them, and the filter starts as if it had always been there, as
/// SciPy's `filtfilt` does. Samples at uneven times are first laid on an even grid, by straight lines between them, and
/// taken back to their times afterwards.
struct Butterworth: SignalFilter {
  /// In hertz.
  var cutoff: Double

  /// The poles let a disturbance fade by 5.5 times the cut-off a second (in powers of e).
  var reach: Double { 4 / cutoff }

  /// How far from an even grid samples may lie, in intervals of it.
  private static let unevenness = 0.05
  /// So many samples SciPy continues a signal beyond its ends for a filter of this order; more here where the filter takes longer
  /// to settle.
  private static let leastPadding = 9
  /// Times the cut-off, in seconds.
  private static let settling = 2.0

  func smooth(_ signal: Signal) -> [SIMD2<Double>]? {
    guard let first = signal.times.first, let interval = signal.interval else { return signal.values }
    guard cutoff * interval < 0.5 else { return nil }
    let isEven = signal.times.enumerated().allSatisfy { index, time in
      abs(time - first - Double(index) * interval) <= Self.unevenness * interval
    }
    if isEven { return twice(signal.values, interval) }
    let steps = zip(signal.times, signal.times.dropFirst()).map { $1 - $0 }
    let grid = Grid(signal.times, interval: max(steps.min() ?? interval, interval / 8))
    return grid.values(twice(grid.samples(of: signal), grid.interval), at: signal.times)
  }

  private func twice(_ values: [SIMD2<Double>], _ interval: Double) -> [SIMD2<Double>] {
    let section = Section(cutoff: cutoff, interval: interval)
    let settled = Int((Self.settling / cutoff / interval).rounded(.up))
    let padding = min(max(Self.leastPadding, settled), values.count - 1)
    guard padding > 0, let first = values.first, let last = values.last else { return values }
    let before = values[1...padding].reversed().map { 2 * first - $0 }
    let after = values[(values.count - 1 - padding)..<(values.count - 1)].reversed().map { 2 * last - $0 }
    let there = section.run(before + values + after)
    let back = section.run(there.reversed())
    return Array(back.reversed()[padding..<padding + values.count])
  }

  /// The filter of second order as a difference equation, by the bilinear transform.
  private struct Section {
    let b: (Double, Double, Double)
    let a: (Double, Double)

    /// Of a single pass in that of two: (√2 − 1)^¼.
    private static let share = pow(2.0.squareRoot() - 1, 0.25)

    init(cutoff: Double, interval: Double) {
      let warped = tan(.pi * cutoff * interval) / Self.share
      let norm = 1 / (1 + 2.0.squareRoot() * warped + warped * warped)
      b = (warped * warped * norm, 2 * warped * warped * norm, warped * warped * norm)
      a = (2 * (warped * warped - 1) * norm, (1 - 2.0.squareRoot() * warped + warped * warped) * norm)
    }

    /// Starts in the state that a signal resting at the first value would have left.
    func run(_ values: some Collection<SIMD2<Double>>) -> [SIMD2<Double>] {
      let first = values.first ?? .zero
      var second = (b.2 - a.1) * first
      var state = (b.1 - a.0) * first + second
      return values.map { value in
        let result = b.0 * value + state
        state = b.1 * value - a.0 * result + second
        second = b.2 * value - a.1 * result
        return result
      }
    }
  }
}

/// Evenly spaced times that cover those of a signal.
private struct Grid {
  let start: Double
  let count: Int
  let interval: Double

  init(_ times: [Double], interval: Double) {
    start = times[0]
    count = Int(((times[times.count - 1] - start) / interval).rounded(.up)) + 1
    self.interval = (times[times.count - 1] - start) / Double(count - 1)
  }

  func samples(of signal: Signal) -> [SIMD2<Double>] {
    var next = 1
    return (0..<count).map { place in
      let time = start + Double(place) * interval
      while next < signal.times.count - 1, signal.times[next] < time { next += 1 }
      let share = (time - signal.times[next - 1]) / (signal.times[next] - signal.times[next - 1])
      return signal.values[next - 1] + min(max(share, 0), 1) * (signal.values[next] - signal.values[next - 1])
    }
  }

  func values(_ samples: [SIMD2<Double>], at times: [Double]) -> [SIMD2<Double>] {
    times.map { time in
      let place = (time - start) / interval
      let index = min(max(Int(place), 0), count - 2)
      return samples[index] + (place - Double(index)) * (samples[index + 1] - samples[index])
    }
  }
}
