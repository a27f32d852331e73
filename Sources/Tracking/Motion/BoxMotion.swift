private import Foundation
internal import Pose

/// Where a person's box will be: centre and extent, each with a constant velocity.
///
/// The noise is that of DeepSORT and ByteTrack (Wojke et al. 2017, Zhang et al. 2022), in shares of the person's height,
/// taken per second of their 30 frames instead of per frame, so that variable and low frame rates are predicted rightly, but
/// for a third of the wander of places beside velocities. It follows how wrong the predictions of this person were lately
/// (``MotionNoise``): who strolls is held to the line, who plays football is not.
struct BoxMotion: Sendable {
  private var x: ConstantVelocity
  private var y: ConstantVelocity
  private var width: ConstantVelocity
  private var height: ConstantVelocity
  private var noise = MotionNoise()

  private static let frameRate = 30.0
  private static let boxNoise = 1.0 / 20
  private static let positionNoise = 1.0 / 60
  private static let velocityNoise = frameRate / 160
  /// Seconds after which an unseen person has 1/e of the speed last seen.
  private static let persistence = 3.0

  init(_ box: Box) {
    let size = max(box.height, 1)
    func filter(_ position: Double) -> ConstantVelocity {
      ConstantVelocity(
        position: position, deviation: 2 * Self.boxNoise * size,
        velocityDeviation: 10 * Self.velocityNoise * size)
    }
    (x, y) = (filter(box.center.x), filter(box.center.y))
    (width, height) = (filter(box.width), filter(box.height))
  }

  var box: Box {
    let (width, height) = (max(width.position, 1), max(height.position, 1))
    return Box(x: x.position - width / 2, y: y.position - height / 2, width: width, height: height)
  }

  /// How far from the prediction a measurement of the centre may be expected.
  var deviation: Point {
    let noise = boxDeviation * boxDeviation
    return Point(x: (x.variance + noise).squareRoot(), y: (y.variance + noise).squareRoot())
  }

  /// How far a box is from the prediction, in its variances; the extent counts half.
  func squaredDistance(to box: Box) -> Double {
    let noise = boxDeviation * boxDeviation
    func term(_ filter: ConstantVelocity, _ measured: Double) -> Double {
      let difference = measured - filter.position
      return difference * difference / (filter.variance + noise)
    }
    return term(x, box.center.x) + term(y, box.center.y) + (term(width, box.width) + term(height, box.height)) / 2
  }

  /// Of a measured box.
  private var boxDeviation: Double { Self.boxNoise * noise.scale * max(height.position, 1) }

  /// - Parameter seen: Whether the last frame had the person; the velocity fades while it has not.
  mutating func advance(_ interval: Double, seen: Bool) {
    let unit = self.noise.scale * box.height * Self.frameRate.squareRoot()
    let (noise, velocityNoise) = (Self.positionNoise * unit, Self.velocityNoise * self.noise.agility * unit)
    let damping = seen ? 1 : exp(-interval / Self.persistence)
    x.advance(interval, noise: noise, velocityNoise: velocityNoise, damping: damping)
    y.advance(interval, noise: noise, velocityNoise: velocityNoise, damping: damping)
    width.advance(interval, noise: noise, velocityNoise: velocityNoise, damping: seen ? 0.5 : 0)
    height.advance(interval, noise: noise, velocityNoise: velocityNoise, damping: seen ? 0.5 : 0)
  }

  /// Follows a camera that has moved.
  mutating func shift(by shift: Point) {
    x.shift(by: shift.x)
    y.shift(by: shift.y)
  }

  /// Of the centre, in pixels a second.
  var velocity: Point { Point(x: x.velocity, y: y.velocity) }

  /// Follows a camera that pans faster than before.
  mutating func accelerate(by change: Point) {
    x.accelerate(by: change.x)
    y.accelerate(by: change.y)
  }

  /// Whether a box is about as tall as was predicted.
  func isWhole(_ box: Box) -> Bool {
    let ratio = self.box.height / max(box.height, 1)
    return ratio > 0.6 && ratio < 1 / 0.6
  }

  /// Takes in where the person was seen. A box that is much shorter or taller at once was cut off, or is whole again; it tells
  /// where the person is, but not that it moves up or down.
  mutating func observe(_ box: Box) {
    let (expected, deviation) = (self.deviation, boxDeviation)
    if isWhole(box) {
      noise.learn(
        from: Point(x: (box.center.x - x.position) / expected.x, y: (box.center.y - y.position) / expected.y))
      y.observe(box.center.y, deviation: deviation)
      height.observe(box.height, deviation: deviation)
    } else {
      y.shift(by: box.center.y - y.position)
      height.shift(by: box.height - height.position)
    }
    x.observe(box.center.x, deviation: deviation)
    width.observe(box.width, deviation: deviation)
  }
}
