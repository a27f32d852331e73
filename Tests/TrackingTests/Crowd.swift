import Foundation
import Pose
import TestSupport
import Tracking

/// People who walk to and fro before a camera and hide each other, and what a detector and a pose network make of them:
/// jitter, dropouts, and of somebody hidden nothing, or a box round both with the pose of who is in front.
struct Crowd {
  private struct Walker {
    var start: Double
    /// Pixels a second.
    var speed: Double
    var height: Double
    var phase: Double
    /// In CIELAB; nil where no colours are looked at.
    var colour: [Double]?
  }

  struct Person {
    var id: Int
    var points: [Point]
    var box: Box
    /// The share that nobody hides.
    var visible: Double
  }

  private var walkers: [Walker] = []
  private var random: SeededRandom

  init(seed: UInt64, people: Int, hasColours: Bool) {
    random = SeededRandom(seed: seed)
    for index in 0..<people {
      let side = index.isMultiple(of: 2) ? 1.0 : -1
      let height = uniform(120, 220)
      let colour = (0..<3).map { $0 == 0 ? uniform(20, 80) : uniform(-40, 50) }
      walkers.append(
        Walker(
          start: 320 - side * uniform(120, 280), speed: side * height * uniform(0.35, 0.7), height: height,
          phase: uniform(0, 6), colour: hasColours ? colour : nil))
    }
  }

  /// Everyone at that time, and the poses found.
  mutating func frame(_ seconds: Double) -> (people: [Person], poses: [Pose]) {
    var people = walkers.indices.map { person($0, seconds) }
    var poses: [Pose] = []
    for index in people.indices {
      let covers = people.indices.filter { walkers[$0].height > walkers[index].height }.map { other in
        (other, people[other].box.narrowed.intersection(people[index].box) / people[index].box.area)
      }
      people[index].visible = max(0, 1 - covers.reduce(0) { $0 + $1.1 })
      let front = covers.max { $0.1 < $1.1 }?.0 ?? index
      if let pose = found(people[index], behind: people[front]) { poses.append(pose) }
    }
    return (people, poses)
  }

  private mutating func found(_ person: Person, behind front: Person) -> Pose? {
    let hidden = 1 - person.visible
    let chance = uniform(0, 1)
    if chance < 0.05 || hidden > 0.6 && chance < 0.55 { return nil }
    if hidden > 0.35, chance > (hidden > 0.6 ? 0.8 : 0.65) {
      let both = Box(around: (person.points + front.points)) ?? person.box
      return pose(front.points, both, walkers[front.id].colour, noise: 2, score: uniform(0.3, 0.6))
    }
    let colour = walkers[hidden > 0.5 ? front.id : person.id].colour
    let score = max(0.1, 0.65 - 0.4 * hidden + uniform(-0.1, 0.1))
    return pose(person.points, person.box, colour, noise: 1 + 2 * hidden, score: score)
  }

  private mutating func pose(
    _ points: [Point], _ box: Box, _ colour: [Double]?, noise: Double, score: Double
  ) -> Pose {
    let size = box.height * 0.03
    let keypoints = points.map { point in
      Keypoint(
        Point(x: point.x + noise * uniform(-size, size), y: point.y + noise * uniform(-size, size)), score: score)
    }
    let shaken = Box(
      x: box.x + uniform(-size, size), y: box.y + uniform(-size, size), width: box.width * uniform(0.9, 1.1),
      height: box.height * uniform(0.95, 1.05))
    let quantiles = colour.map { colour in
      colour.flatMap { axis in Appearance.shares.map { Int8(axis + 6 * $0 + uniform(-4, 4)) } }
    }
    return Pose(
      keypoints: keypoints, box: shaken, score: score,
      appearance: quantiles.map { Appearance(torso: $0, legs: nil) })
  }

  /// The joints of COCO in shares of the height, with legs and hands that swing.
  private func person(_ index: Int, _ seconds: Double) -> Person {
    let (walker, swing) = (walkers[index], sin(walkers[index].phase + 5 * seconds))
    let x = walker.start + walker.speed * seconds
    let top = 190 - 0.1 * walker.height
    let rows = [(0.06, 0.02, 5), (0.18, 0.1, 2), (0.34, 0.12, 2), (0.48, 0.12, 2), (0.5, 0.06, 2), (0.73, 0.06, 2)]
    let joints = rows.flatMap { y, half, count in (0..<count).map { (y, $0.isMultiple(of: 2) ? half : -half) } }
    let points = (joints + [(0.95, 0.06), (0.95, -0.06)]).enumerated().map { joint, place in
      let share = joint >= 15 ? 0.15 : joint >= 13 || (9...10).contains(joint) ? 0.07 : 0
      let offset = place.1 + (joint.isMultiple(of: 2) ? swing : -swing) * share
      return Point(x: x + offset * walker.height, y: top + place.0 * walker.height)
    }
    let width = 0.4 * walker.height
    return Person(
      id: index, points: points, box: Box(x: x - width / 2, y: top, width: width, height: walker.height), visible: 1)
  }

  private mutating func uniform(_ low: Double, _ high: Double) -> Double {
    Double.random(in: low...high, using: &random)
  }
}

extension Box {
  /// The middle, where the body is.
  fileprivate var narrowed: Box { Box(x: x + 0.2 * width, y: y, width: 0.6 * width, height: height) }
}
