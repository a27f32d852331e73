private import Foundation

/// A Kalman filter of a joint that moves at a velocity disturbed by white noise, run forward and smoothed backward (Rauch, Tung
/// and Striebel, *Maximum Likelihood Estimates of Linear Dynamic Systems*, AIAA Journal 1965), at the times that the samples have.
///
/// The noise of the velocity follows from the cut-off: at a steady rate and a score of 1 this filter lets through as much of every
/// frequency as the Butterworth filter of fourth order. A sample's standard deviation grows as its score falls.
struct KalmanSmoother: SignalFilter {
  /// In hertz.
  var cutoff: Double

  /// As that of the Butterworth filter, for the lowest score.
  var reach: Double { 4 / cutoff / Self.lowestScore.squareRoot() }

  /// Scores below it count as this.
  private static let lowestScore = 0.1
  /// The variance of the unknown velocity at the start, in that of samples an interval apart.
  private static let ignorance = 1e7

  func smooth(_ signal: Signal) -> [SIMD2<Double>]? {
    guard let interval = signal.interval else { return signal.values }
    guard cutoff * interval < 0.5 else { return nil }
    // With a variance of 1 for samples of score 1 the response is 1 / (1 + (ω/ω₀)⁴), ω₀⁴ = noise / interval.
    let noise = pow(2 * .pi * cutoff, 4) / (2.0.squareRoot() - 1) * interval
    let variances = signal.scores.map { 1 / pow(max($0.isNaN ? 0 : $0, Self.lowestScore), 2) }
    var state = State(
      position: signal.values[0],
      covariance: (variances[0], 0, Self.ignorance * variances[0] / (interval * interval)))
    var steps: [(predicted: State, filtered: State, interval: Double)] = [(state, state, 0)]
    for index in 1..<signal.values.count {
      let elapsed = signal.times[index] - signal.times[index - 1]
      let predicted = state.advanced(elapsed, noise: noise)
      state = predicted.seeing(signal.values[index], variance: variances[index])
      steps.append((predicted, state, elapsed))
    }
    var result = signal.values
    for index in steps.indices.reversed() {
      if index < steps.count - 1 {
        state = steps[index].filtered.smoothed(
          towards: state, predicted: steps[index + 1].predicted, steps[index + 1].interval)
      }
      result[index] = state.position
    }
    return result
  }
}

/// Position and velocity of both axes, which have the same covariances.
private struct State {
  var position: SIMD2<Double>
  var velocity = SIMD2<Double>.zero
  /// Of the position, of both, of the velocity.
  var covariance: (Double, Double, Double)

  func advanced(_ time: Double, noise: Double) -> State {
    let (p, c, v) = covariance
    return State(
      position: position + time * velocity, velocity: velocity,
      covariance: (
        p + 2 * time * c + time * time * v + noise * time * time * time / 3, c + time * v + noise * time * time / 2,
        v + noise * time
      ))
  }

  func seeing(_ value: SIMD2<Double>, variance: Double) -> State {
    let (p, c, v) = covariance
    let gain = (p / (p + variance), c / (p + variance))
    let surprise = value - position
    return State(
      position: position + gain.0 * surprise, velocity: velocity + gain.1 * surprise,
      covariance: (p * variance / (p + variance), c * variance / (p + variance), v - gain.1 * c))
  }

  /// - Parameters:
  ///   - next: The smoothed state after `time`.
  ///   - predicted: What this state let expect there.
  func smoothed(towards next: State, predicted: State, _ time: Double) -> State {
    let (p, c, v) = covariance
    let (a, b, d) = predicted.covariance
    let determinant = a * d - b * b
    // Of this state and the next one before it was seen: rows of position and velocity.
    let (pp, pv, vp, vv) = (p + time * c, c, c + time * v, v)
    let gain = (
      (pp * d - pv * b) / determinant, (pv * a - pp * b) / determinant, (vp * d - vv * b) / determinant,
      (vv * a - vp * b) / determinant
    )
    let (x, u) = (next.position - predicted.position, next.velocity - predicted.velocity)
    return State(
      position: position + gain.0 * x + gain.1 * u, velocity: velocity + gain.2 * x + gain.3 * u,
      covariance: covariance)
  }
}
