private import Foundation
internal import Pose

/// Where and how fast a person goes at one end of a tracklet, from the sightings nearest to it.
struct TrackletEnd: Sendable {
  private struct Sample: Sendable {
    var time: Double
    var center: Point
    var height: Double
  }

  private var samples: [Sample] = []
  /// How far the outermost sighting is from the nearer side of the picture, in heights of the person; nil where that is not known.
  private(set) var sideDistance: Double?

  /// How many sightings count.
  private static let count = 12
  /// Seconds from the end beyond which they don't.
  private static let span = 0.6

  /// Adds a sighting; `keepingFirst` at the start of a tracklet, where later ones don't count any more.
  mutating func add(_ box: Box, at time: Double, sideDistance: Double?, keepingFirst: Bool) {
    if !keepingFirst || samples.isEmpty { self.sideDistance = sideDistance }
    if keepingFirst {
      guard samples.count < Self.count, time - (samples.first?.time ?? time) <= Self.span else { return }
    } else {
      samples.removeAll { time - $0.time > Self.span }
      if samples.count == Self.count { samples.removeFirst() }
    }
    samples.append(Sample(time: time, center: box.center, height: box.height))
  }

  /// The middle one of the heights.
  var height: Double { max(1, samples.map(\.height).upperMedian ?? 1) }

  /// Where the person is at `time`, and its velocity, by the line through the sightings; one that is drawn from little time is
  /// taken to be slower than it seems.
  func state(at time: Double) -> (center: Point, velocity: Point) {
    let count = Double(samples.count)
    guard count > 0 else { return (Point(x: 0, y: 0), Point(x: 0, y: 0)) }
    let mean = samples.reduce(0) { $0 + $1.time } / count
    let x = samples.reduce(0) { $0 + $1.center.x } / count
    let y = samples.reduce(0) { $0 + $1.center.y } / count
    let spread = samples.reduce(0) { $0 + ($1.time - mean) * ($1.time - mean) }
    let prior = Self.slowness * Self.slowness * count
    let slopeX = samples.reduce(0) { $0 + ($1.time - mean) * ($1.center.x - x) } / (spread + prior)
    let slopeY = samples.reduce(0) { $0 + ($1.time - mean) * ($1.center.y - y) } / (spread + prior)
    return (Point(x: x + slopeX * (time - mean), y: y + slopeY * (time - mean)), Point(x: slopeX, y: slopeY))
  }

  /// Seconds of sightings whose velocity is believed by half.
  private static let slowness = 0.05
}
