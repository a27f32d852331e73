internal import Pose

/// How a person has looked so far: running means of the quantiles of each part.
struct AppearanceMemory: Sendable {
  private struct Part: Sendable {
    private(set) var mean: [Double] = []
    private var count = 0.0

    /// The first sightings weigh equally, later ones a tenth.
    mutating func see(_ quantiles: [Int8]) {
      count += 1
      let share = max(1 / count, 0.1)
      if mean.isEmpty { mean = quantiles.map(Double.init) }
      for index in mean.indices { mean[index] += share * (Double(quantiles[index]) - mean[index]) }
    }

    /// Earth mover's distances of the three axes, joined; lightness counts half, as it changes with the light.
    func distance(_ quantiles: [Int8]) -> Double {
      let count = Appearance.shares.count
      let axes = (0..<3).map { axis in
        (axis * count..<(axis + 1) * count).reduce(0) { $0 + abs(mean[$1] - Double(quantiles[$1])) } / Double(count)
      }
      return (axes[0] * axes[0] / 2 + axes[1] * axes[1] + axes[2] * axes[2]).squareRoot()
    }
  }

  private var torso = Part()
  private var legs = Part()

  mutating func see(_ appearance: Appearance) {
    if let quantiles = appearance.torso, quantiles.count == Appearance.length { torso.see(quantiles) }
    if let quantiles = appearance.legs, quantiles.count == Appearance.length { legs.see(quantiles) }
  }

  /// How far another look is from this one, about in units of CIELAB: the mean over the parts known of both. nil without any.
  func distance(_ appearance: Appearance) -> Double? {
    let distances = [(torso, appearance.torso), (legs, appearance.legs)].compactMap { part, quantiles -> Double? in
      guard let quantiles, !part.mean.isEmpty, quantiles.count == Appearance.length else { return nil }
      return part.distance(quantiles)
    }
    return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
  }
}
