internal import ArgumentParser
internal import Pipeline
package import Tracking

extension TrackerOptions.Linking: ExpressibleByArgument {}
extension TrackerOptions.Measure: ExpressibleByArgument {}

struct TrackingOptions: ParsableArguments {
  @Option(help: "How pairs of a pose and a person are chosen.")
  var linking: TrackerOptions.Linking = TrackerOptions().linking

  @Option(help: "What makes a pose similar to a person: keypoints, boxes or both.")
  var linkBy: TrackerOptions.Measure = TrackerOptions().measure

  @Flag(name: .customLong("colors"), inversion: .prefixedNo, help: "Let the colours of clothes count, too.")
  var colours = TrackerOptions().usesColours

  @Option(help: ArgumentHelp("Least similarity for a link, 0 to 1.", valueName: "similarity"))
  var minSimilarity: Double = TrackerOptions().minimumSimilarity

  @Option(help: ArgumentHelp("Least keypoints of a person who is taken up.", valueName: "count"))
  var minKeypoints: Int = TrackerOptions().minimumKeypoints

  @Option(help: ArgumentHelp("Least score of a person who is taken up, 0 to 1.", valueName: "score"))
  var minScore: Double = TrackerOptions().birthScore

  @Option(help: ArgumentHelp("Frames that a person may be out of sight and keep the identity.", valueName: "frames"))
  var maxGap: Int = TrackerOptions().maximumGap

  @Flag(help: "Keep every pose, however weak or alike another, as boxes from labels want it.")
  var keepAll = false

  @Option(help: ArgumentHelp("Keep the n people who are present longest.", valueName: "n"))
  var people: Int?

  func validate() throws {
    if !(0...1).contains(minSimilarity) { throw ValidationError("--min-similarity must lie in 0…1.") }
    if !(0...1).contains(minScore) { throw ValidationError("--min-score must lie in 0…1.") }
    if minKeypoints < 0 { throw ValidationError("--min-keypoints must be 0 or more.") }
    if maxGap < 0 { throw ValidationError("--max-gap must be 0 or more frames.") }
    if let people, people < 1 { throw ValidationError("--people must be at least 1.") }
  }

  var settings: LinkSettings {
    var settings = LinkSettings()
    settings.tracking.linking = linking
    settings.tracking.measure = linkBy
    settings.tracking.usesColours = colours
    settings.tracking.minimumSimilarity = minSimilarity
    settings.tracking.minimumKeypoints = minKeypoints
    settings.tracking.birthScore = minScore
    settings.tracking.maximumGap = maxGap
    settings.tracking.keepsAll = keepAll
    settings.people = people
    return settings
  }
}
