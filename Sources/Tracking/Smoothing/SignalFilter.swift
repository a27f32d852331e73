/// A joint's way through frames that follow each other, each with the joint in it.
struct Signal: Sendable {
  /// In seconds, rising.
  var times: [Double]
  /// x and y in pixels.
  var values: [SIMD2<Double>]
  /// The network's confidence in each, 0…1.
  var scores: [Double]

  /// The mean of the intervals in seconds; nil of a single sample.
  var interval: Double? {
    guard let first = times.first, let last = times.last, times.count > 1 else { return nil }
    return (last - first) / Double(times.count - 1)
  }
}

/// Smooths whole signals: what comes after a sample counts as much as what comes before it, so nothing lags behind.
protocol SignalFilter: Sendable {
  /// How many seconds before and after a sample the result there depends on, by more than the precision of files.
  var reach: Double { get }

  /// As many values; nil where the samples lie too far apart in time for what is asked for.
  func smooth(_ signal: Signal) -> [SIMD2<Double>]?
}
