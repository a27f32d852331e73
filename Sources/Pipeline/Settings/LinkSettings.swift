internal import Pose
package import Tracking

/// How poses become people: identities, signals, and who is kept.
package struct LinkSettings: Hashable, Sendable, Codable {
  package var method = TrackerMethod.default
  package var tracking = TrackerOptions()
  /// nil for trackers that don't go by optical flow.
  package var flow: FlowTrackerOptions?
  /// nil leaves identities as they were given frame by frame.
  package var secondPass: SecondPassOptions? = SecondPassOptions()
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
    case people, choice, edits, flow
    case method = "tracker"
    case tracking
    case secondPass = "second-pass"
    case smoothing = "smooth"
    case mendsSides = "mend-sides"
  }

  /// Whether the results of a frame depend on later ones.
  var looksAhead: Bool {
    secondPass != nil || people != nil || choice != nil || mendsSides || smoothing?.looksAhead == true
  }

  /// Only what the links from frame to frame depend on.
  var identitiesAlone: LinkSettings {
    var settings = LinkSettings()
    (settings.method, settings.tracking, settings.flow, settings.secondPass) = (method, tracking, flow, nil)
    return settings
  }
}

extension Signals {
  init(_ skeleton: Skeleton, _ settings: LinkSettings) {
    self.init(skeleton, smoothing: settings.smoothing, mendsSides: settings.mendsSides)
  }
}
