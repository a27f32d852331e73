private import Foundation
package import Pose
package import Timing

/// Finds out who the chosen people of a video are, frame by frame.
package struct Census: Sendable {
  private let choice: Choice
  private var areas: [Int: Double] = [:]
  private var searches: [Search]
  private var times: ClosedRange<Double>?

  package init(_ choice: Choice) {
    self.choice = choice
    searches = choice.follow.map { Search($0) }
  }

  /// Takes in the people of the next frame.
  package mutating func count(_ people: [TrackedPose], at time: MediaTime) {
    let seconds = time.seconds
    times =
      times.map { min($0.lowerBound, seconds)...max($0.upperBound, seconds) } ?? seconds...seconds
    for person in people {
      areas[person.trackID, default: 0] += max(person.pose.box.area, 0)
      for index in searches.indices { searches[index].see(person, at: seconds) }
    }
  }

  /// The ids of those who are kept.
  package func chosen() throws(NobodyThere) -> Set<Int> {
    let largest = areas.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(
      choice.largest ?? 0)
    var chosen = Set(largest.map(\.key))
    for search in searches {
      guard let found = search.found else {
        throw NobodyThere(
          spot: search.spot, nearest: search.nearest.map { ($0.trackID, $0.box, $0.time) },
          times: times)
      }
      chosen.insert(found)
    }
    return chosen
  }
}

/// The search for the person at a place: who lies under it in the frame nearest to its time, of several the one whose joints are
/// nearest.
private struct Search: Sendable {
  struct Sighting: Sendable {
    var trackID: Int
    var box: Box
    var time: Double
    /// Whether the place lies in the box.
    var isUnder: Bool
    /// Seconds between the frame and the time asked for.
    var delay: Double
    /// Pixels to the nearest joint, or to the middle of the box.
    var distance: Double
  }

  let spot: Choice.Spot
  private(set) var nearest: Sighting?
  /// In seconds: frames further away don't count.
  private static let longestDelay = 0.5
  /// The share of its size by which a box may be too small on each side.
  private static let margin = 0.1

  init(_ spot: Choice.Spot) { self.spot = spot }

  var found: Int? { nearest.flatMap { $0.isUnder ? $0.trackID : nil } }

  mutating func see(_ person: TrackedPose, at time: Double) {
    let delay = abs(time - spot.time)
    guard delay <= Self.longestDelay else { return }
    let (box, point) = (person.pose.box, spot.point)
    let (marginX, marginY) = (Self.margin * box.width, Self.margin * box.height)
    let isUnder =
      point.x >= box.x - marginX && point.x <= box.maxX + marginX && point.y >= box.y - marginY
      && point.y <= box.maxY + marginY
    let joints = person.pose.keypoints.compactMap {
      $0.map { hypot($0.point.x - point.x, $0.point.y - point.y) }
    }
    let distance = joints.min() ?? hypot(box.center.x - point.x, box.center.y - point.y)
    let sighting = Sighting(
      trackID: person.trackID, box: box, time: time, isUnder: isUnder, delay: delay,
      distance: distance)
    if nearest.map({ sighting.isBetter($0) }) ?? true { nearest = sighting }
  }
}

extension Search.Sighting {
  fileprivate func isBetter(_ other: Search.Sighting) -> Bool {
    if isUnder != other.isUnder { return isUnder }
    return isUnder
      ? (delay, distance, trackID) < (other.delay, other.distance, other.trackID)
      : (distance, delay, trackID) < (other.distance, other.delay, other.trackID)
  }
}
