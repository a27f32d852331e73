private import Foundation
private import Pose

/// Looks for moments in tracks one by one, and in their ends.
enum MomentSearch {
  typealias Sighting = TrackSurvey.Sighting

  /// People don't move faster, in their own heights a second.
  private static let fastest = 6.0
  /// Tracks of fewer frames are suspected of being nobody.
  private static let fewestFrames = 5
  /// Links that are better than any other by less are unclear.
  private static let clearMargin = 0.1
  /// In seconds.
  private static let longestHandover = 2.0

  /// Jumps, gaps, and tracks that are too short.
  static func alone(_ id: Int, _ track: [Sighting], step: Int) -> [Moment] {
    guard let start = track.first else { return [] }
    if track.count < fewestFrames {
      return [
        Moment(
          kind: .short, frame: start.frame, time: start.time, tracks: [id], concern: 0.3 * (1 - start.score),
          text: "\(id) is there for \(track.count == 1 ? "one frame" : "\(track.count) frames") only",
          edit: "--delete \(id)")
      ]
    }
    return zip(track, track.dropFirst()).compactMap { before, after in
      let elapsed = max(after.time - before.time, 0.001)
      let distance = distance(before.box, after.box)
      if after.frame - before.frame > step {
        return Moment(
          kind: .gap, frame: after.frame, time: after.time, tracks: [id],
          concern: min(0.95, 0.15 + 0.4 * distance + 0.03 * elapsed),
          text: "\(id) is back after \(text(elapsed)) s, \(text(distance)) heights away",
          edit: "--split \(id)@\(after.frame)")
      }
      guard distance / elapsed > fastest, distance > 0.3 else { return nil }
      return Moment(
        kind: .jump, frame: after.frame, time: after.time, tracks: [id], concern: min(1, 0.4 + 0.4 * distance),
        text: "\(id) moves by \(text(distance)) heights at once", edit: "--split \(id)@\(after.frame)")
    }
  }

  /// The least clear link of a track, if it could as well have been another.
  static func unclear(_ id: Int, _ track: [Sighting]) -> [Moment] {
    let links = track.dropFirst().compactMap { sighting in sighting.margin.map { (sighting, $0) } }
    guard let (least, margin) = links.min(by: { $0.1 < $1.1 }), margin < clearMargin else { return [] }
    return [
      Moment(
        kind: .unclear, frame: least.frame, time: least.time, tracks: [id],
        concern: 0.5 * (1 - margin / clearMargin),
        text: "\(id) is hardly told from somebody else (margin \(String(format: "%.2f", margin)))",
        edit: "--split \(id)@\(least.frame)")
    ]
  }

  /// Tracks that begin where another one ended shortly before.
  static func handovers(_ tracks: [(key: Int, value: [Sighting])]) -> [Moment] {
    let ends = tracks.compactMap { id, track in track.last.map { (id: id, sighting: $0) } }
    return tracks.flatMap { id, track -> [Moment] in
      guard let start = track.first else { return [] }
      return ends.compactMap { end in
        let elapsed = start.time - end.sighting.time
        let distance = distance(end.sighting.box, start.box)
        guard end.id != id, elapsed > 0, elapsed <= longestHandover, distance < 1 else { return nil }
        return Moment(
          kind: .handover, frame: start.frame, time: start.time, tracks: [end.id, id],
          concern: 0.9 * (1 - 0.5 * distance) * (1 - 0.3 * elapsed / longestHandover),
          text: "\(id) begins \(text(elapsed)) s after \(end.id) ended, \(text(distance)) heights away",
          edit: "--merge \(end.id),\(id)")
      }
    }
  }

  /// Between the middles of two boxes, in their mean height.
  private static func distance(_ first: Box, _ second: Box) -> Double {
    let (a, b) = (first.center, second.center)
    return hypot(a.x - b.x, a.y - b.y) / max((first.height + second.height) / 2, 1)
  }

  static func text(_ value: Double) -> String { String(format: "%.1f", value) }
}
