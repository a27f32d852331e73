internal import Pose

/// How a person has looked so far: running means of the quantiles of each part.
struct AppearanceMemory: Sendable {
  private struct Part: Sendable {
    private(set) var mean: [Double] = []
    private(set) var count = 0.0

    /// The first sightings weigh equally, later ones a tenth.
    mutating func see(_ quantiles: [Int8]) {
      count += 1
      let share = max(1 / count, 0.1)
      if mean.isEmpty { mean = quantiles.map(Double.init) }
      for index in mean.indices { mean[index] += share * (Double(quantiles[index]) - mean[index]) }
    }

    /// The mean of both, each weighing as often as it was seen.
    mutating func add(_ other: Part) {
      guard other.count > 0 else { return }
      guard count > 0 else {
        self = other
        return
      }
      let share = other.count / (count + other.count)
      for index in mean.indices { mean[index] += share * (other.mean[index] - mean[index]) }
      count += other.count
    }

    /// Earth mover's distances of the three axes, joined; lightness counts half, as it changes with the light.
    func distance(_ quantiles: some Collection<Double>) -> Double {
      let count = Appearance.shares.count
      var (axes, axis) = ([0.0, 0, 0], 0)
      for (index, pair) in zip(mean, quantiles).enumerated() {
        axis = index / count
        axes[axis] += abs(pair.0 - pair.1) / Double(count)
      }
      return (axes[0] * axes[0] / 2 + axes[1] * axes[1] + axes[2] * axes[2]).squareRoot()
    }
  }

  private var torso = Part()
  private var legs = Part()
  /// How far the person's own looks have been from their mean, in units of CIELAB.
  private var spread = AppearanceMemory.usualSpread

  /// What is taken for the spread of somebody hardly known.
  private static let usualSpread = 6.0
  private static let spreads = 6.0...12
  private static let learning = 0.1

  /// One person differs by less from frame to frame.
  var alikeDistance: Double { 2 * min(max(spread, Self.spreads.lowerBound), Self.spreads.upperBound) }
  /// Two people with other clothes differ by more.
  var differentDistance: Double { 3 * alikeDistance }

  /// Whether another look may be of the same person; nil where that is not known.
  func resembles(_ appearance: Appearance) -> Bool? { distance(appearance).map { $0 < differentDistance } }

  mutating func see(_ appearance: Appearance) {
    if let distance = distance(appearance) { spread += Self.learning * (distance - spread) }
    if let quantiles = appearance.torso, quantiles.count == Appearance.length { torso.see(quantiles) }
    if let quantiles = appearance.legs, quantiles.count == Appearance.length { legs.see(quantiles) }
  }

  /// Takes in how the same person looked at other times.
  mutating func add(_ other: AppearanceMemory) {
    torso.add(other.torso)
    legs.add(other.legs)
  }

  /// How far how another looked is from this, as below; nil unless both were seen `count` times at least.
  func distance(_ other: AppearanceMemory, count: Double) -> Double? {
    let distances = [(torso, other.torso), (legs, other.legs)].compactMap { part, other -> Double? in
      part.count >= count && other.count >= count ? part.distance(other.mean) : nil
    }
    return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
  }

  /// How far another look is from this one, about in units of CIELAB: the mean over the parts known of both. nil without any.
  func distance(_ appearance: Appearance) -> Double? {
    let distances = [(torso, appearance.torso), (legs, appearance.legs)].compactMap { part, quantiles -> Double? in
      guard let quantiles, !part.mean.isEmpty, quantiles.count == Appearance.length else { return nil }
      return part.distance(quantiles.lazy.map(Double.init))
    }
    return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
  }
}
