package import Tracking

/// How poses become people: identities, smoothing, and who is kept.
package struct LinkSettings: Hashable, Sendable, Codable {
  package var method = TrackerMethod.default
  package var tracking = TrackerOptions()
  /// nil leaves identities as they were given frame by frame.
  package var secondPass: SecondPassOptions? = SecondPassOptions()
  /// nil leaves keypoints as the network gave them.
  package var smoothing: SmootherOptions?
  /// Keep the people who are present longest; nil keeps everyone.
  package var people: Int?

  package init() {}

  private enum CodingKeys: String, CodingKey {
    case method = "tracker"
    case tracking
    case secondPass = "second-pass"
    case smoothing = "smooth"
    case people
  }

  /// Whether identities can be given out while a video is read, without reading it again.
  package var isOnePass: Bool { secondPass == nil && people == nil }

  /// Only what the links from frame to frame depend on.
  var identitiesAlone: LinkSettings {
    var settings = LinkSettings()
    (settings.method, settings.tracking, settings.secondPass) = (method, tracking, nil)
    return settings
  }
}
