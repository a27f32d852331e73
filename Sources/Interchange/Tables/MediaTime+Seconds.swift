internal import Timing

extension MediaTime {
  /// The nearest microsecond; nil where that is beyond what counts them.
  init?(seconds: Double) {
    guard seconds.isFinite, abs(seconds) < 9e12 else { return nil }
    self.init(ticks: Int64((seconds * 1_000_000).rounded()), denominator: 1_000_000)
  }
}
