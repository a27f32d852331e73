internal import ArgumentParser
internal import Pipeline
package import Tracking

extension TrackerOptions.Linking: ExpressibleByArgument {}
extension TrackerOptions.Measure: ExpressibleByArgument {}

extension FlowTrackerOptions.Source: ExpressibleByArgument {}

extension TrackerMethod: ExpressibleByArgument {
  package init?(argument: String) {
    guard let method = TrackerMethod.named(argument) else { return nil }
    self = method
  }

  package var defaultValueDescription: String { name }
  package static var allValueStrings: [String] { all.map(\.name) }
}

struct TrackingOptions: ParsableArguments {
  private static let defaults = TrackerOptions()

  @Option(
    help: ArgumentHelp(
      "How poses are linked from frame to frame: \(TrackerMethod.all.map { "\($0.name), \($0.summary)" }.joined(separator: "; "))."
    ))
  var tracker = TrackerMethod.default

  @Option(
    help: ArgumentHelp(
      "Where --tracker flow has its flow from: looked for in the pictures, or the vectors that the encoder left in the file "
        + "(H.264, MPEG-4 and older; where there are none it is looked for), which cost little and say less (default: lucas-kanade)."
    ))
  var flow: FlowTrackerOptions.Source?

  @Flag(help: "Decide frame by frame, from the past alone, without a second pass over the whole recording.")
  var online = false

  @Option(help: "How pairs of a pose and a person are chosen (default: \(defaults.linking.rawValue)).")
  var linking: TrackerOptions.Linking?

  @Option(
    help: "What makes a pose similar to a person: keypoints, boxes or both (default: \(defaults.measure.rawValue)).")
  var linkBy: TrackerOptions.Measure?

  @Flag(
    name: .customLong("colors"), inversion: .prefixedNo,
    help: "Let the colours of clothes count, too (default: --\(defaults.usesColours ? "" : "no-")colors).")
  var colours: Bool?

  @Option(
    help: ArgumentHelp(
      "Least similarity for a link, 0 to 1 (default: \(defaults.minimumSimilarity)).", valueName: "similarity"))
  var minSimilarity: Double?

  @Option(
    help: ArgumentHelp(
      "Least keypoints of a person who is taken up (default: \(defaults.minimumKeypoints)).", valueName: "count"))
  var minKeypoints: Int?

  @Option(
    help: ArgumentHelp(
      "Least score of a person who is taken up, 0 to 1 (default: \(defaults.birthScore)).", valueName: "score"))
  var minScore: Double?

  @Option(
    help: ArgumentHelp(
      "Seconds that somebody may be out of sight and be followed from frame to frame (default: \(defaults.maximumGap)).",
      valueName: "seconds"))
  var maxGap: Double?

  @Option(
    help: ArgumentHelp(
      "Fill gaps of a person up to so many seconds in the second pass, by lines between the poses; marked as filled.",
      valueName: "seconds"))
  var fillGaps: Double?

  @Flag(help: "Keep every pose, however weak or alike another, as boxes from labels want it; without a second pass.")
  var keepAll = false

  @Option(help: ArgumentHelp("Keep the n people who are present longest.", valueName: "n"))
  var people: Int?

  func validate() throws {
    if let minSimilarity, !(0...1).contains(minSimilarity) {
      throw ValidationError("--min-similarity must lie in 0…1.")
    }
    if let minScore, !(0...1).contains(minScore) { throw ValidationError("--min-score must lie in 0…1.") }
    if let minKeypoints, minKeypoints < 0 { throw ValidationError("--min-keypoints must be 0 or more.") }
    if let maxGap, !(0...3600).contains(maxGap) {
      throw ValidationError("--max-gap must lie between 0 and 3600 seconds.")
    }
    try validateMethod()
    if let fillGaps {
      if !(0...60).contains(fillGaps) { throw ValidationError("--fill-gaps must lie between 0 and 60 seconds.") }
      if online || keepAll {
        throw ValidationError("--fill-gaps needs the second pass; leave out \(online ? "--online" : "--keep-all").")
      }
      if !tracker.takesSecondPass {
        throw ValidationError("--fill-gaps needs the second pass, which --tracker \(tracker.name) does not have.")
      }
    }
    if flow != nil, tracker != .flow { throw ValidationError("--flow goes with --tracker flow.") }
    if let people, people < 1 { throw ValidationError("--people must be at least 1.") }
  }

  /// Published trackers have their own numbers.
  private func validateMethod() throws {
    func refuse(_ options: KeyValuePairs<String, Any?>, because reason: String) throws {
      guard let given = options.first(where: { $0.value != nil }) else { return }
      throw ValidationError("\(given.key) is not for --tracker \(tracker.name), \(reason).")
    }
    if tracker != .default {
      try refuse(
        [
          "--linking": linking, "--link-by": linkBy, colours == false ? "--no-colors" : "--colors": colours,
          "--min-similarity": minSimilarity, "--max-gap": maxGap,
        ], because: "whose numbers are published")
    }
    if !tracker.limitsBeginnings {
      try refuse(["--min-keypoints": minKeypoints, "--min-score": minScore], because: "which takes up everybody")
    }
  }

  var settings: LinkSettings {
    var settings = LinkSettings()
    settings.method = tracker
    settings.flow = flowSettings
    if online || keepAll || !tracker.takesSecondPass {
      settings.secondPass = nil
    } else if let fillGaps {
      settings.secondPass?.fillGaps = fillGaps
    }
    // Who asks for weaker people does not want them taken for ghosts.
    if let minScore, let ghostScore = settings.secondPass?.ghostScore {
      settings.secondPass?.ghostScore = min(ghostScore, minScore + 0.15)
    }
    if let linking { settings.tracking.linking = linking }
    if let linkBy { settings.tracking.measure = linkBy }
    if let colours { settings.tracking.usesColours = colours }
    if let minSimilarity { settings.tracking.minimumSimilarity = minSimilarity }
    if let minKeypoints { settings.tracking.minimumKeypoints = minKeypoints }
    if let minScore { settings.tracking.birthScore = minScore }
    if let maxGap { settings.tracking.maximumGap = maxGap }
    settings.tracking.keepsAll = keepAll
    settings.people = people
    return settings
  }
  /// nil for other trackers.
  var flowSettings: FlowTrackerOptions? {
    guard tracker == .flow else { return nil }
    var settings = FlowTrackerOptions()
    if let flow { settings.source = flow }
    return settings
  }
}
