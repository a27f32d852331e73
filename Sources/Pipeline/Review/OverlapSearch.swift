private import Foundation
private import Pose

/// Looks for people who cover each other.
enum OverlapSearch {
  typealias Sighting = TrackSurvey.Sighting

  private struct Pair: Hashable {
    var first: Int
    var second: Int
  }

  private struct Episode {
    /// The greatest overlap, 0…1, and where it is.
    var most = 0.0
    var frame = 0
    var time = 0.0
    var last = 0
  }

  /// Boxes that overlap by more, as intersection over union, cover each other.
  private static let threshold = 0.4
  /// So many frames after the last such overlap it is over.
  private static let pause = 15

  static func moments(_ tracks: [(key: Int, value: [Sighting])]) -> [Moment] {
    var frames: [Int: [(id: Int, sighting: Sighting)]] = [:]
    for (id, track) in tracks {
      for sighting in track { frames[sighting.frame, default: []].append((id, sighting)) }
    }
    var (open, moments): ([Pair: Episode], [Moment]) = ([:], [])
    for (frame, people) in frames.sorted(by: { $0.key < $1.key }) {
      for (place, one) in people.enumerated() {
        for other in people[(place + 1)...] {
          let overlap = one.sighting.box.iou(other.sighting.box)
          guard overlap > threshold else { continue }
          let pair = Pair(first: one.id, second: other.id)
          var episode = open[pair] ?? Episode()
          if frame - episode.last > pause, episode.most > 0 {
            moments.append(moment(pair, episode))
            episode = Episode()
          }
          if overlap > episode.most {
            (episode.most, episode.frame, episode.time) = (overlap, frame, one.sighting.time)
          }
          episode.last = frame
          open[pair] = episode
        }
      }
    }
    return moments + open.map { moment($0.key, $0.value) }
  }

  private static func moment(_ pair: Pair, _ episode: Episode) -> Moment {
    Moment(
      kind: .overlap, frame: episode.frame, time: episode.time, tracks: [pair.first, pair.second],
      concern: 0.2 + 0.6 * episode.most,
      text: "\(pair.first) and \(pair.second) cover each other by \(Int(100 * episode.most)) %",
      edit: "--swap \(pair.first):\(pair.second)@\(episode.last + 1)")
  }
}
