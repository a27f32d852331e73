/// The parameters of the 1€ filter, independent of resolution: speeds are in heights of the person a second.
package struct SmootherOptions: Hashable, Sendable, Codable {
  /// The cut-off at rest in hertz; lower is calmer.
  package var minimumCutoff: Double = 1
  /// By how many hertz the cut-off rises for every height a second (β of the paper); higher follows faster.
  package var responsiveness: Double = 10
  /// The cut-off for the speed itself in hertz.
  package var speedCutoff: Double = 1
  /// A joint unseen for longer than this in seconds starts anew.
  package var maximumGap: Double = 0.5

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case responsiveness
    case minimumCutoff = "min-cutoff"
    case speedCutoff = "speed-cutoff"
    case maximumGap = "max-gap"
  }
}
