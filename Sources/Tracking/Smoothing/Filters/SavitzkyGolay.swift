/// Fits a polynomial to the samples around each one, by least squares (Savitzky and Golay, *Smoothing and Differentiation of
/// Data by Simplified Least Squares Procedures*, Analytical Chemistry 1964), at the times they have. At the ends of a signal the
/// first and the last whole window serve all samples in them.
///
/// Samples at a steady rate, an even number of intervals in the window, give what SciPy's `savgol_filter` does.
struct SavitzkyGolay: SignalFilter {
  /// In seconds.
  var window: Double
  var order: Int

  var reach: Double { window }

  func smooth(_ signal: Signal) -> [SIMD2<Double>]? {
    let times = signal.times
    guard let first = times.first, let last = times.last, let interval = signal.interval else { return signal.values }
    guard window > Double(order) * interval * 1.001 else { return nil }
    let half = window / 2
    return times.map { time in
      let isShort = last - first <= window
      let centre = isShort ? (first + last) / 2 : min(max(time, first + half), last - half)
      let samples = signal.indices(within: isShort ? last - first : half, of: centre)
      return Self.fit(signal, samples, order: order, at: time, scale: half)
    }
  }

  /// The value at `time` of the polynomial through samples. It is a sum of polynomials that are orthogonal over the very
  /// times (Forsythe, *Generation and Use of Orthogonal Polynomials for Data-Fitting*, 1957), so that nothing has to be solved.
  private static func fit(
    _ signal: Signal, _ samples: Range<Int>, order: Int, at time: Double, scale: Double
  ) -> SIMD2<Double> {
    let places = samples.map { (signal.times[$0] - time) / scale }
    var (older, newer) = ([Double](repeating: 0, count: places.count), [Double](repeating: 1, count: places.count))
    var (olderHere, newerHere, olderNorm) = (0.0, 1.0, 1.0)
    var sum = SIMD2<Double>.zero
    for degree in 0...min(order, places.count - 1) {
      let norm = newer.reduce(0) { $0 + $1 * $1 }
      let moment = zip(newer, samples).reduce(SIMD2<Double>.zero) { $0 + $1.0 * signal.values[$1.1] }
      sum += newerHere / norm * moment
      let mean = zip(newer, places).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } / norm
      let share = degree == 0 ? 0 : norm / olderNorm
      let next = places.indices.map { (places[$0] - mean) * newer[$0] - share * older[$0] }
      (olderHere, newerHere) = (newerHere, -mean * newerHere - share * olderHere)
      (older, newer, olderNorm) = (newer, next, norm)
    }
    return sum
  }
}

extension Signal {
  /// The samples at most so many seconds from a time.
  func indices(within distance: Double, of time: Double) -> Range<Int> {
    let limit = distance * (1 + 1e-9) + 1e-9
    let lower = times.firstIndex { time - $0 <= limit } ?? times.count
    let upper = times.lastIndex { $0 - time <= limit }.map { $0 + 1 } ?? lower
    return lower..<max(lower, upper)
  }
}
