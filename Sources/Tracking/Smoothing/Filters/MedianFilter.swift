/// The median of the samples in a window around each one; the windows of the first and last samples are narrower, so that they
/// stay symmetric and steady motion stays as it is.
struct MedianFilter: SignalFilter {
  /// In seconds.
  var window: Double

  var reach: Double { window }

  func smooth(_ signal: Signal) -> [SIMD2<Double>]? {
    guard let first = signal.times.first, let last = signal.times.last, let interval = signal.interval else {
      return signal.values
    }
    guard window / 2 > interval * 0.999 else { return nil }
    return signal.times.map { time in
      signal.median(signal.indices(within: min(window / 2, time - first, last - time), of: time)).middle
    }
  }
}

/// Puts the median of the window in place of samples that lie further from it than so many standard deviations, which are
/// estimated by the median distance (Hampel, *The Influence Curve and Its Role in Robust Estimation*, 1974; Pearson et al.,
/// *Generalized Hampel Filters*, 2016). All else stays as it is.
struct HampelFilter: SignalFilter {
  /// In seconds.
  var window: Double
  /// In standard deviations.
  var threshold: Double

  /// The standard deviation of a normal distribution in its median distances from the middle.
  private static let deviation = 1.4826

  var reach: Double { window }

  func smooth(_ signal: Signal) -> [SIMD2<Double>]? {
    guard let interval = signal.interval else { return signal.values }
    guard window / 2 > interval * 0.999 else { return nil }
    return zip(signal.times, signal.values).map { time, value in
      let (middle, distance) = signal.median(signal.indices(within: window / 2, of: time))
      let isOutlier = abs(value - middle) .> threshold * Self.deviation * distance
      return value.replacing(with: middle, where: isOutlier)
    }
  }
}

extension Signal {
  /// The medians of x and y, and those of their distances from them.
  fileprivate func median(_ samples: Range<Int>) -> (middle: SIMD2<Double>, distance: SIMD2<Double>) {
    let values = samples.map { self.values[$0] }
    func median(_ axis: Int, _ offset: Double?) -> Double {
      values.map { value in offset.map { abs(value[axis] - $0) } ?? value[axis] }.median
    }
    let middle = SIMD2(median(0, nil), median(1, nil))
    return (middle, SIMD2(median(0, middle.x), median(1, middle.y)))
  }
}

private func abs(_ value: SIMD2<Double>) -> SIMD2<Double> { value.replacing(with: -value, where: value .< 0) }
