internal import Interchange
internal import Overlay
internal import Pose

/// Where hidden people may be in each frame, generously: where they are seen in this frame and those around it, and where they must
/// be between when they are out of sight for a while.
struct Concealment {
  fileprivate struct Sighting {
    var time: Double
    var extent: Box
  }

  /// By identity, in the order of time.
  private var tracks: [Int: [Sighting]] = [:]
  /// Of people whom nobody has linked.
  private var strangers: [Sighting] = []

  /// Seconds before and after a frame whose sightings count in it, too.
  private static let spread = 0.15
  /// A track that is back after so many seconds is covered all the while.
  private static let longestGap = 2.0
  /// How many seconds before someone is first seen, and after someone is last seen, the place stays covered.
  private static let hold = 1.0

  var isEmpty: Bool { tracks.isEmpty && strangers.isEmpty }
  /// How many sightings have no identity.
  var strangerCount: Int { strangers.count }

  /// Takes in the people of the next frame who are to be hidden.
  mutating func see(_ people: [RecordedFrame.Person], at time: Double) {
    for person in people {
      guard let extent = person.pose.generousExtent else { continue }
      let sighting = Sighting(time: time, extent: extent)
      if let id = person.trackID {
        tracks[id, default: []].append(sighting)
      } else {
        strangers.append(sighting)
      }
    }
  }

  /// What is to be covered at a time, once all frames were seen.
  func boxes(at time: Double) -> [Box] {
    let known = tracks.sorted { $0.key < $1.key }.flatMap { Self.boxes(of: $0.value, at: time) }
    return known + Self.near(strangers, time).map(\.extent)
  }

  private static func boxes(of track: [Sighting], at time: Double) -> [Box] {
    let near = near(track, time)
    if near.contains(where: { $0.time == time }) { return [hull(near)].compactMap(\.self) }
    let next = track.lowerBound(time)
    let before = next > 0 ? track[next - 1] : nil
    let after = next < track.count ? track[next] : nil
    if let before, let after, after.time - before.time <= longestGap {
      return [hull(near + [before, after])].compactMap(\.self)
    }
    return [before, after].compactMap(\.self).filter { abs($0.time - time) <= hold }.map(\.extent)
  }

  private static func near(_ sightings: [Sighting], _ time: Double) -> ArraySlice<Sighting> {
    sightings[sightings.lowerBound(time - spread)..<sightings.lowerBound((time + spread).nextUp)]
  }

  private static func hull(_ sightings: some Sequence<Sighting>) -> Box? {
    sightings.reduce(nil) { $0?.union($1.extent) ?? $1.extent }
  }
}

extension [Concealment.Sighting] {
  /// The number of sightings before a time.
  fileprivate func lowerBound(_ time: Double) -> Int {
    var range = startIndex..<endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = self[middle].time < time ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}
