/// A Kalman filter of one coordinate that moves with a constant velocity, disturbed by white noise.
struct ConstantVelocity: Sendable {
  private(set) var position: Double
  private(set) var velocity: Double = 0
  /// Of the position.
  private(set) var variance: Double
  private var covariance: Double = 0
  private var velocityVariance: Double

  init(position: Double, deviation: Double, velocityDeviation: Double) {
    self.position = position
    variance = deviation * deviation
    velocityVariance = velocityDeviation * velocityDeviation
  }

  /// Goes `interval` seconds ahead.
  ///
  /// - Parameters:
  ///   - noise: Standard deviation that the position gains in a second.
  ///   - velocityNoise: Standard deviation that the velocity gains in a second.
  ///   - damping: The share of the velocity that remains afterwards, 0…1.
  mutating func advance(_ interval: Double, noise: Double, velocityNoise: Double, damping: Double) {
    position += velocity * interval
    velocity *= damping
    variance +=
      interval * (2 * covariance + interval * velocityVariance) + noise * noise * interval
    covariance = damping * (covariance + interval * velocityVariance)
    velocityVariance = damping * damping * velocityVariance + velocityNoise * velocityNoise * interval
  }

  /// Moves the origin of what is measured; the velocity stays.
  mutating func shift(by distance: Double) { position += distance }

  mutating func accelerate(by change: Double) { velocity += change }

  /// Takes in a measurement with that standard deviation.
  mutating func observe(_ measured: Double, deviation: Double) {
    let total = variance + deviation * deviation
    guard total > 0 else { return }
    let (gain, velocityGain) = (variance / total, covariance / total)
    let surprise = measured - position
    position += gain * surprise
    velocity += velocityGain * surprise
    velocityVariance -= velocityGain * covariance
    covariance *= 1 - gain
    variance *= 1 - gain
  }
}
