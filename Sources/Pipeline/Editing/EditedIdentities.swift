internal import Interchange
internal import Pose
internal import Tracking

/// The identities that the tracks of a recording have under edits, where all else stays as it is.
///
/// Tracks fall into pieces at cannot-links between places of their own; must-links join pieces. Who begins as a track of the
/// recording keeps its id; other pieces get new ones.
struct EditedIdentities {
  /// A part of a track, up to the frame at which the next one begins.
  private struct Piece: Hashable {
    var track: Int
    var number: Int
  }

  /// Where the pieces of each track begin, but the first.
  private var cuts: [Int: [Int]] = [:]
  private var parents: [Piece: Piece] = [:]
  private var ids: [Piece: Int] = [:]
  private let deleted: Set<Int>
  /// What the new identities are called.
  private(set) var names: [Int: String] = [:]

  /// Throws where the edits contradict each other or the recording.
  init(_ survey: TrackSurvey, _ edits: Edits) throws {
    deleted = edits.deleted
    let constraints = edits.constraints
    try Self.check(constraints, edits, survey)
    for pair in constraints.cannotLinks where pair.first.track == pair.second.track {
      guard let track = pair.first.track else { continue }
      cuts[track, default: []].append(max(pair.first.frame, pair.second.frame))
    }
    cuts = cuts.mapValues { Set($0).sorted() }
    for pair in constraints.mustLinks {
      guard let first = piece(pair.first), let second = piece(pair.second) else { continue }
      parents[root(second)] = root(first)
    }
    for pair in constraints.cannotLinks {
      guard let first = piece(pair.first), let second = piece(pair.second), root(first) == root(second) else {
        continue
      }
      throw PipelineError(
        .unusable,
        "the edits contradict each other: \(first.track) in frame \(pair.first.frame) and \(second.track) in frame "
          + "\(pair.second.frame) are said to be one person and two")
    }
    number(survey)
    try checkFrames(survey)
    for (id, name) in survey.names { names[ids[root(Piece(track: id, number: 0))] ?? id] = name }
    for name in edits.list.flatMap(\.names) {
      names[id(of: name.place.id, in: name.place.frame) ?? name.place.id] = name.name
    }
  }

  /// The identity of a track in a frame; nil where it is nobody.
  func id(of track: Int, in frame: Int) -> Int? {
    deleted.contains(track) ? nil : ids[root(piece(track, frame))] ?? track
  }

  /// The people of a frame who have an identity.
  func people(of frame: RecordedFrame) -> [TrackedPose] {
    frame.tracked.compactMap { person in
      id(of: person.trackID, in: frame.index).map { id in
        var person = person
        person.trackID = id
        return person
      }
    }
  }

  private func piece(_ track: Int, _ frame: Int) -> Piece {
    Piece(track: track, number: cuts[track]?.count { $0 <= frame } ?? 0)
  }

  private func piece(_ place: LinkConstraints.Place) -> Piece? { place.track.map { piece($0, place.frame) } }

  private func root(_ piece: Piece) -> Piece {
    var piece = piece
    while let parent = parents[piece], parent != piece { piece = parent }
    return piece
  }

  /// Gives everyone an id: the lowest of the tracks that begin with the person, or a new one.
  private mutating func number(_ survey: TrackSurvey) {
    var next = (survey.tracks.keys.max() ?? -1) + 1
    for track in survey.tracks.keys.sorted() {
      let first = root(Piece(track: track, number: 0))
      if ids[first] == nil { ids[first] = track }
    }
    let later = cuts.flatMap { track, frames in
      frames.indices.map { (frame: frames[$0], piece: Piece(track: track, number: $0 + 1)) }
    }
    for (_, piece) in later.sorted(by: { ($0.frame, $0.piece.track) < ($1.frame, $1.piece.track) }) {
      let root = root(piece)
      if ids[root] == nil {
        ids[root] = next
        next += 1
      }
    }
  }

  /// Nobody is in two places at once.
  private func checkFrames(_ survey: TrackSurvey) throws {
    var seen: [Int: [Int: Int]] = [:]
    for (track, sightings) in survey.tracks.sorted(by: { $0.key < $1.key }) where !deleted.contains(track) {
      guard
        cuts[track] != nil || root(Piece(track: track, number: 0)) != Piece(track: track, number: 0)
          || parents.values.contains(Piece(track: track, number: 0))
      else { continue }
      for sighting in sightings {
        guard let id = id(of: track, in: sighting.frame) else { continue }
        if let other = seen[id]?.updateValue(track, forKey: sighting.frame) {
          throw PipelineError(
            .unusable,
            "the edits make one person of \(other) and \(track), who are both seen in frame \(sighting.frame); "
              + "take one of the edits back, or split the tracks there")
        }
        seen[id, default: [:]][sighting.frame] = track
      }
    }
  }

  private static func check(_ constraints: LinkConstraints, _ edits: Edits, _ survey: TrackSurvey) throws {
    let places = (constraints.mustLinks + constraints.cannotLinks).flatMap { [$0.first, $0.second] }
    let spots =
      places.map { (frame: $0.frame, id: $0.track ?? -1) }
      + edits.list.flatMap(\.names).map { (frame: $0.place.frame, id: $0.place.id) }
    for spot in spots where survey.tracks[spot.id]?.contains(where: { $0.frame == spot.frame }) != true {
      throw PipelineError(.unusable, "the edits name track \(spot.id) in frame \(spot.frame), where it is not")
    }
    if let id = edits.deleted.first(where: { survey.tracks[$0] == nil }) {
      throw PipelineError(.unusable, "the edits delete track \(id), which is not there")
    }
  }
}
