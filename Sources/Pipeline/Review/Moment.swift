/// A moment of a recording at which identities may be wrong.
package struct Moment: Hashable, Sendable, Encodable {
  package enum Kind: String, Hashable, Sendable, Encodable {
    /// Two people cover each other for a while, and may leave as one another.
    case overlap
    /// A track moves faster from one frame to the next than people do.
    case jump
    /// A track is back after it was out of sight.
    case gap
    /// A track begins near to where and when another one ended.
    case handover
    /// A link that was hardly better than another one.
    case unclear
    /// A track of a few frames, which may be nobody.
    case short
  }

  package var kind: Kind
  package var frame: Int
  /// In seconds.
  package var time: Double
  /// Whose.
  package var tracks: [Int]
  /// How likely something is wrong, 0…1, as a guess.
  package var concern: Double
  /// In words.
  package var text: String
  /// The options that would mend it, if it is wrong.
  package var edit: String

  /// Those of a recording, the worst first.
  package static func all(_ survey: TrackSurvey) -> [Moment] {
    let tracks = survey.tracks.sorted { $0.key < $1.key }
    let own = tracks.flatMap {
      MomentSearch.alone($0.key, $0.value, step: survey.step) + MomentSearch.unclear($0.key, $0.value)
    }
    return (own + MomentSearch.handovers(tracks) + OverlapSearch.moments(tracks)).sorted {
      ($1.concern, $0.frame, $0.text) < ($0.concern, $1.frame, $1.text)
    }
  }
}
