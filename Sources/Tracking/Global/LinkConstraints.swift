/// What is known of identities before anything is linked: pairs of poses that are one person's, and pairs that are not.
///
/// The second pass (``IdentityPlan``) obeys them: what must be linked has one identity however far apart it is, what can't be
/// linked never has the same. Each pair also allows a track to change hands there: it is cut after the earlier and before the
/// later pose, and joined again where nothing speaks against it. So a split is a cannot-link of two poses of one track in
/// neighbouring frames, a merge a must-link of the end of one with the start of another, and a swap two must-links
/// across the frame.
package struct LinkConstraints: Hashable, Sendable, Codable {
  /// One pose of the recording.
  package struct Place: Hashable, Sendable, Codable {
    /// The index of the frame, as the recording counts.
    package var frame: Int
    package var person: Person

    package init(frame: Int, person: Person) {
      (self.frame, self.person) = (frame, person)
    }
  }

  /// Who of a frame is meant.
  package enum Person: Hashable, Sendable, Codable {
    /// The place among the poses of the frame, from 0.
    case place(Int)
    /// The identity that the pose has in the recording that is linked again.
    case track(Int)
  }

  package struct Pair: Hashable, Sendable, Codable {
    package var first: Place
    package var second: Place

    package init(_ first: Place, _ second: Place) {
      (self.first, self.second) = (first, second)
    }
  }

  package var mustLinks: [Pair] = []
  package var cannotLinks: [Pair] = []

  package init() {}

  package var isEmpty: Bool { mustLinks.isEmpty && cannotLinks.isEmpty }
}
