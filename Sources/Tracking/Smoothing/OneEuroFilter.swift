private import Foundation

/// The 1€ filter: a low-pass filter whose cut-off rises with the speed (Casiez, Roussel and Vogel, *1€ Filter: A Simple
/// Speed-based Low-pass Filter for Noisy Input in Interactive Systems*, CHI 2012).
struct OneEuroFilter: Sendable {
  private var value: Double
  private var speed: Double = 0

  init(_ value: Double) { self.value = value }

  /// The filtered value of a sample `interval` seconds after the last, in the unit `size` for its speed.
  mutating func filter(_ sample: Double, interval: Double, size: Double, options: SmootherOptions) -> Double {
    let newSpeed = (sample - value) / (interval * size)
    speed += Self.share(options.speedCutoff, interval) * (newSpeed - speed)
    value += Self.share(options.minimumCutoff + options.responsiveness * abs(speed), interval) * (sample - value)
    return value
  }

  /// The share of a new sample in a first-order low-pass filter of that cut-off in hertz.
  private static func share(_ cutoff: Double, _ interval: Double) -> Double {
    1 / (1 + 1 / (2 * .pi * cutoff * interval))
  }
}
