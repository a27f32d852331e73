internal import Pose
package import Tracking

/// How poses become people: identities, signals, and who is kept.
package struct LinkSettings: Hashable, Sendable, Codable {
  package var tracking = TrackerOptions()
  /// nil leaves keypoints as the network gave them.
  package var smoothing: Smoothing?
  /// Whether joints of left and right that are confused for some frames are put right.
  package var mendsSides = false
  /// Keep the people who are present longest; nil keeps everyone.
  package var people: Int?
  /// nil keeps everyone.
  package var choice: Choice?
  /// SHA-256 of the file of edits; nil without one.
  package var edits: String?

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case people, choice, edits
    case tracking = "tracker"
    case smoothing = "smooth"
    case mendsSides = "mend-sides"
  }

  /// Whether the results of a frame depend on later ones.
  var looksAhead: Bool { people != nil || choice != nil || mendsSides || smoothing?.looksAhead == true }

  /// Only what the identities themselves depend on.
  var identitiesAlone: LinkSettings {
    var settings = LinkSettings()
    settings.tracking = tracking
    return settings
  }
}

extension Signals {
  init(_ skeleton: Skeleton, _ settings: LinkSettings) {
    self.init(skeleton, smoothing: settings.smoothing, mendsSides: settings.mendsSides)
  }
}
