/// How the second pass corrects what was linked frame by frame.
package struct SecondPassOptions: Hashable, Sendable, Codable {
  /// Gaps of a person up to so many seconds are filled.
  package var fillGaps: Double = 0.3
  package var constraints = LinkConstraints()

  /// Tracks are cut where somebody was unseen for longer than so many seconds. (Cuts at links of small margin were tried: they
  /// cost more right links than they mend wrong ones.)
  package var cutGap: Double = 0.4
  /// Seconds over which people are joined by where they went alone, …
  package var motionGap: Double = 2
  /// … and over which those who look the same are joined.
  package var lookGap: Double = 20
  /// What a join may cost, in units of a squared deviation.
  package var joinCost: Double = 0.6
  /// People seen in fewer frames, or for less than so many seconds, are left out, …
  package var minimumFrames: Int = 3
  package var minimumSeconds: Double = 0.15
  /// … and those whose mean score is below this, unless they are there for long.
  package var ghostScore: Double = 0.35
  package var ghostFrames: Int = 15

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case constraints
    case fillGaps = "fill-gaps"
    case cutGap = "cut-gap"
    case motionGap = "motion-gap"
    case lookGap = "look-gap"
    case joinCost = "join-cost"
    case minimumFrames = "min-frames"
    case minimumSeconds = "min-seconds"
    case ghostScore = "ghost-score"
    case ghostFrames = "ghost-frames"
  }
}
