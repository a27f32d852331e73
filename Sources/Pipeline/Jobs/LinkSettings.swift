public import Tracking

/// How poses become people: identities, smoothing, and who is kept.
public struct LinkSettings: Sendable {
  public var tracking = TrackerOptions()
  /// nil leaves keypoints as the network gave them.
  public var smoothing: SmootherOptions?
  /// Keep the people who are present longest; nil keeps everyone.
  public var people: Int?

  public init() {}

  /// What the identities depend on, under the names of the command's options.
  var identityProvenance: [String: String] {
    [
      "linking": tracking.linking.rawValue, "link-by": tracking.measure.rawValue,
      "min-similarity": "\(tracking.minimumSimilarity)", "min-keypoints": "\(tracking.minimumKeypoints)",
      "min-score": "\(tracking.birthScore)", "max-gap": "\(tracking.maximumGap)", "colors": "\(tracking.usesColors)",
    ]
  }

  /// Everything that the people depend on, besides their poses.
  var provenance: [String: String] {
    identityProvenance.merging(
      ["smooth": "\(smoothing != nil)", "people": people.map { "\($0)" } ?? "all"], uniquingKeysWith: { own, _ in own })
  }
}
