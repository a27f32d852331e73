internal import Tracking

/// An edit as a person says it. Ids are those of the poses, whatever other edits there are.
package enum EditRequest: Hashable, Sendable {
  /// A track, or its part around a frame.
  package struct Part: Hashable, Sendable {
    package var id: Int
    package var frame: Int?

    package init(id: Int, frame: Int? = nil) { (self.id, self.frame) = (id, frame) }
  }

  /// Two tracks, or parts of them, are one person.
  case merge(Part, Part)
  /// From a frame on, a track is somebody else.
  case split(Int, frame: Int)
  /// From a frame on, two tracks are each other.
  case swap(Int, Int, frame: Int)
  /// A track is nobody.
  case delete(Int)
  case rename(Int, String)
}

extension EditRequest {
  /// As on the command line.
  var text: String {
    switch self {
    case .merge(let first, let second): "merge \(first.text),\(second.text)"
    case .split(let id, let frame): "split \(id)@\(frame)"
    case .swap(let first, let second, let frame): "swap \(first):\(second)@\(frame)"
    case .delete(let id): "delete \(id)"
    case .rename(let id, let name): "rename \(id)=\(name)"
    }
  }

  /// What it says about places. Throws where there is no such track or frame, or it can't be true.
  package func edit(on survey: TrackSurvey) throws -> Edits.Edit {
    var edit = Edits.Edit(text: text)
    switch self {
    case .merge(let first, let second): edit.mustLinks = try Self.merge(first, second, survey)
    case .split(let id, let frame):
      guard let (before, after) = try Self.around(frame, id, survey) else { throw Self.notWithin(id, frame, survey) }
      edit.cannotLinks = [.init(before, after)]
    case .swap(let first, let second, let frame):
      guard first != second else { throw PipelineError(.unusable, "\(text): these are one track; name two") }
      let (one, other) = (try Self.halves(frame, first, survey), try Self.halves(frame, second, survey))
      for (before, after) in [(one.before, other.after), (other.before, one.after)] {
        if let before, let after { edit.mustLinks.append(.init(before, after)) }
      }
      for track in [one, other] {
        if let before = track.before, let after = track.after { edit.cannotLinks.append(.init(before, after)) }
      }
      guard !edit.mustLinks.isEmpty else {
        throw PipelineError(.unusable, "\(text): neither track goes on from frame \(frame) as the other")
      }
    case .delete(let id):
      _ = try Self.track(id, survey)
      edit.deleted = [id]
    case .rename(let id, let name):
      edit.names = [.init(place: .init(frame: try Self.track(id, survey)[0].frame, id: id), name: name)]
    }
    return edit
  }

  /// Two whole tracks are linked wherever one follows the other.
  private static func merge(_ first: Part, _ second: Part, _ survey: TrackSurvey) throws -> [LinkConstraints.Pair] {
    let tracks = [try track(first.id, survey), try track(second.id, survey)]
    guard first.id != second.id || first.frame != nil && second.frame != nil else {
      throw PipelineError(.unusable, "merge \(first.text),\(second.text): these are one track; name two")
    }
    if first.frame != nil || second.frame != nil {
      let spots = zip([first, second], tracks).map { part, track in
        let nearest = track.min { abs($0.frame - (part.frame ?? $0.frame)) < abs($1.frame - (part.frame ?? $1.frame)) }
        return Edits.Spot(frame: nearest?.frame ?? 0, id: part.id)
      }
      return [.init(spots[0], spots[1])]
    }
    let shared = Set(tracks[0].map(\.frame)).intersection(tracks[1].map(\.frame))
    if let frame = shared.min() {
      throw PipelineError(
        .unusable,
        "merge \(first.id),\(second.id): both are seen in frame \(frame), so they are two people; --split first, and merge "
          + "the parts, such as --merge \(first.id)@\(frame),\(second.id)")
    }
    let places = (tracks[0].map { (first.id, $0) } + tracks[1].map { (second.id, $0) }).sorted {
      $0.1.frame < $1.1.frame
    }.map { Edits.Spot(frame: $0.1.frame, id: $0.0) }
    return zip(places, places.dropFirst()).filter { $0.id != $1.id }.map { .init($0, $1) }
  }

  private static func track(_ id: Int, _ survey: TrackSurvey) throws -> [TrackSurvey.Sighting] {
    if let track = survey.tracks[id] { return track }
    let ids = survey.tracks.keys.sorted().map(String.init)
    throw PipelineError(
      .unusable,
      "there is no track \(id)" + (ids.isEmpty ? "" : "; there are \(ids.prefix(20).joined(separator: ", "))")
        + (ids.count > 20 ? " and others" : ""))
  }

  /// The last place before a frame, and the first one from it on.
  private static func halves(
    _ frame: Int, _ id: Int, _ survey: TrackSurvey
  ) throws -> (before: Edits.Spot?, after: Edits.Spot?) {
    let track = try track(id, survey)
    return (
      track.last { $0.frame < frame }.map { .init(frame: $0.frame, id: id) },
      track.first { $0.frame >= frame }.map { .init(frame: $0.frame, id: id) }
    )
  }

  private static func around(_ frame: Int, _ id: Int, _ survey: TrackSurvey) throws -> (Edits.Spot, Edits.Spot)? {
    let (before, after) = try halves(frame, id, survey)
    return before.flatMap { before in after.map { (before, $0) } }
  }

  private static func notWithin(_ id: Int, _ frame: Int, _ survey: TrackSurvey) -> PipelineError {
    let frames = survey.tracks[id]?.map(\.frame) ?? []
    return PipelineError(
      .unusable,
      "split \(id)@\(frame): \(id) is seen from frame \(frames.first ?? 0) to \(frames.last ?? 0); "
        + "name a frame after the first of them")
  }
}

extension EditRequest.Part {
  var text: String { frame.map { "\(id)@\($0)" } ?? "\(id)" }
}
