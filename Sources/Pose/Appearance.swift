/// What a person wears, as far as colours tell.
///
/// Of torso and legs the spread of each axis of CIELAB is kept as five quantiles (10, 30, 50, 70, 90 %). The mean difference
/// of quantiles is the earth mover's distance of two spreads, in the units of the axis, and averaging quantiles averages
/// spreads (their Wasserstein barycentre), so a few whole numbers serve to compare and to remember people.
public struct Appearance: Hashable, Sendable, Codable {
  /// Quantiles kept of one axis.
  public static let shares = [0.1, 0.3, 0.5, 0.7, 0.9]
  /// Numbers that describe one part of the body.
  public static let length = 3 * shares.count

  /// Quantiles of L*, then of a*, then of b*; nil where the part is not seen well enough.
  public var torso: [Int8]?
  public var legs: [Int8]?

  public init(torso: [Int8]?, legs: [Int8]?) {
    self.torso = torso
    self.legs = legs
  }
}
