public import Tracking

/// How poses become people: identities, smoothing, and who is kept.
public struct LinkSettings: Hashable, Sendable, Codable {
  public var tracking = TrackerOptions()
  /// nil leaves keypoints as the network gave them.
  public var smoothing: SmootherOptions?
  /// Keep the people who are present longest; nil keeps everyone.
  public var people: Int?

  public init() {}

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
