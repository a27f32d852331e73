private import Foundation
internal import Pose

/// Where a person's box will be: centre and extent, each with a constant velocity.
///
/// The noise is that of DeepSORT and ByteTrack (Wojke et al. 2017, Zhang et al. 2022), in shares of the person's height,
/// taken per second of their 30 frames instead of per frame, so that variable and low frame rates are predicted rightly.
struct BoxMotion: Sendable {
  private var x: ConstantVelocity
  private var y: ConstantVelocity
  private var width: ConstantVelocity
  private var height: ConstantVelocity

  private static let frameRate = 30.0
  private static let positionNoise = 1.0 / 20
  private static let velocityNoise = frameRate / 160
  /// Seconds after which an unseen person has 1/e of the speed last seen.
  private static let persistence = 0.7

  init(_ box: Box) {
    let size = max(box.height, 1)
    func filter(_ position: Double) -> ConstantVelocity {
      ConstantVelocity(
        position: position, deviation: 2 * Self.positionNoise * size,
        velocityDeviation: 10 * Self.velocityNoise * size)
    }
    (x, y) = (filter(box.center.x), filter(box.center.y))
    (width, height) = (filter(box.width), filter(box.height))
  }

  var box: Box {
    let (width, height) = (max(width.position, 1), max(height.position, 1))
    return Box(x: x.position - width / 2, y: y.position - height / 2, width: width, height: height)
  }

  /// - Parameter seen: Whether the last frame had the person; the velocity fades while it has not.
  mutating func advance(_ interval: Double, seen: Bool) {
    let size = box.height
    let noise = Self.positionNoise * size * Self.frameRate.squareRoot()
    let velocityNoise = Self.velocityNoise * size * Self.frameRate.squareRoot()
    let damping = seen ? 1 : exp(-interval / Self.persistence)
    x.advance(interval, noise: noise, velocityNoise: velocityNoise, damping: damping)
    y.advance(interval, noise: noise, velocityNoise: velocityNoise, damping: damping)
    width.advance(interval, noise: noise, velocityNoise: velocityNoise, damping: seen ? 0.5 : 0)
    height.advance(interval, noise: noise, velocityNoise: velocityNoise, damping: seen ? 0.5 : 0)
  }

  mutating func observe(_ box: Box) {
    let deviation = Self.positionNoise * max(box.height, 1)
    x.observe(box.center.x, deviation: deviation)
    y.observe(box.center.y, deviation: deviation)
    width.observe(box.width, deviation: deviation)
    height.observe(box.height, deviation: deviation)
  }
}
