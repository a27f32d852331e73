internal import Files
package import Tracking

/// What a person has said about the identities of a recording: a small JSON file, which can be applied again at any time.
///
/// Its members: `format`, always `posetrail-edits`; `version`, 1; `poses`, the digest of the poses that it is about
/// (``TrackSurvey/fingerprint``); and `edits`, a list in the order of time of objects with
///
/// - `edit`: what was said, as on the command line, for people to read;
/// - `must_links`: pairs of places that are one person, `[[frame, id], [frame, id]]`;
/// - `cannot_links`: pairs of places that are two people;
/// - `deleted`: ids of tracks that are nobody;
/// - `names`: `{"frame", "id", "name"}`, what the person is called who is in a place.
///
/// Frames are counted as in the poses, ids are those of the poses. What is taken out of the list is undone.
package struct Edits: Hashable, Sendable {
  package struct Edit: Hashable, Sendable {
    package var text: String
    package var mustLinks: [LinkConstraints.Pair] = []
    package var cannotLinks: [LinkConstraints.Pair] = []
    package var deleted: [Int] = []
    package var names: [Name] = []
  }

  package struct Name: Hashable, Sendable {
    package var place: Spot
    package var name: String
  }

  /// A track in a frame.
  package struct Spot: Hashable, Sendable {
    package var frame: Int
    package var id: Int
  }

  package var fingerprint: String
  package var list: [Edit] = []

  package init(fingerprint: String) { self.fingerprint = fingerprint }

  /// All of them together, as linking obeys them.
  package var constraints: LinkConstraints {
    var constraints = LinkConstraints()
    constraints.mustLinks = list.flatMap(\.mustLinks)
    constraints.cannotLinks = list.flatMap(\.cannotLinks)
    return constraints
  }

  package var deleted: Set<Int> { Set(list.flatMap(\.deleted)) }

  /// Throws where they contradict each other.
  package func check(_ survey: TrackSurvey) throws { _ = try EditedIdentities(survey, self) }

  /// Throws unless they were made on these poses.
  package func check(_ survey: TrackSurvey, file: String) throws {
    guard survey.fingerprint == fingerprint else {
      throw PipelineError(
        .unusable,
        "\(file): these edits were made on other poses; give the very poses that `posetrail tracks` showed, "
          + "or begin a new file of edits")
    }
  }
}

extension LinkConstraints.Pair {
  init(_ first: Edits.Spot, _ second: Edits.Spot) {
    self.init(
      LinkConstraints.Place(frame: first.frame, person: .track(first.id)),
      LinkConstraints.Place(frame: second.frame, person: .track(second.id)))
  }
}
