internal import Pose

/// How well colours agree, for the pairs of a frame that are near each other.
struct LookTable {
  /// Distances of the entries of each track, in the order of its near sightings; nil where colours are not known.
  private var distances: [[Double?]] = []
  /// How far each pose is from the colours of the person known to be there whom it suits best; 0 where nobody is.
  private var best: [Double]

  init(_ tracks: [Track], _ predicted: [Pose], _ sightings: [Sighting], _ near: [[Int]]) {
    var best = [Double?](repeating: nil, count: sightings.count)
    for track in tracks.indices {
      let box = predicted[track].box
      distances.append(
        near[track].map { sighting in
          let pose = sightings[sighting].pose
          guard let distance = pose.appearance.flatMap(tracks[track].look.distance) else { return nil }
          if !tracks[track].isTentative, pose.box.intersection(box) > 0.2 * min(box.area, pose.box.area) {
            best[sighting] = min(best[sighting] ?? distance, distance)
          }
          return distance
        })
    }
    self.best = best.map { $0 ?? 0 }
  }

  /// How well the colours agree, 0…1; nil where they are not known.
  ///
  /// Colours of a person in plain view have to be the track's. Of someone partly hidden they are mixed with those of who is
  /// in front: there they count against a track only where they suit another who is there much better.
  func likeness(_ track: Track, _ sighting: Sighting, _ place: (track: Int, order: Int, sighting: Int)) -> Double? {
    guard let distance = distances[place.track][place.order] else { return nil }
    let excess = max(sighting.isClear ? distance : 0, distance - best[place.sighting])
    let (alike, different) = (track.look.alikeDistance, track.look.differentDistance)
    return min(1, max(0, 1 - (excess - alike) / (different - alike)))
  }
}
