package import Tracking

/// How poses become people: identities, smoothing, and who is kept.
package struct LinkSettings: Hashable, Sendable, Codable {
  package var tracking = TrackerOptions()
  /// nil leaves keypoints as the network gave them.
  package var smoothing: SmootherOptions?
  /// Keep the people who are present longest; nil keeps everyone.
  package var people: Int?

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case tracking = "tracker"
    case smoothing = "smooth"
    case people
  }

  /// Only what the identities themselves depend on.
  var identitiesAlone: LinkSettings {
    var settings = LinkSettings()
    settings.tracking = tracking
    return settings
  }
}
