import Pose
import TestSupport
import Testing
import Timing
import Tracking

/// Recordings that no camera makes, and some that do.
@Suite struct `Tracking through hard times` {
  @Test func `hundreds of people keep their identities`() {
    func crowd(_ frame: Int) -> [Pose] {
      (0..<300).map { index in
        let x = Double(index % 20) * 150 + Double(frame) * 2
        return moved(person(), x: x, y: Double(index / 20) * 250)
      }
    }
    let found = identities((0..<20).map(crowd), Tracker(skeleton: .coco17))
    for people in found { #expect(people.map(\.trackID) == Array(0..<300)) }
  }

  @Test func `all leave at once and others come later`() {
    let there = [person(), person(x: 300)]
    let frames = (0..<200).map { (50..<150).contains($0) ? [] : there }
    let found = identities(frames, Tracker(skeleton: .coco17))
    #expect(found[49].map(\.trackID) == [0, 1])
    #expect(found[60].isEmpty)
    #expect(found[150].map(\.trackID) == [2, 3])
  }

  @Test func `what jumps about is nobody, once the first frame has gone by`() {
    var random = SeededRandom(seed: 1)
    let frames = (0..<50).map { _ in [moved(person(), x: .random(in: 0...8000, using: &random), y: 0)] }
    #expect(identities(frames, Tracker(skeleton: .coco17)).dropFirst().joined().count <= 8)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `numbers that are none are left out`(value: Double) {
    var broken = [person(x: 900), person(x: 900), person(x: 900)]
    broken[0].box.x = value
    broken[1].keypoints[3] = Keypoint(Point(x: value, y: 1), score: 0.9)
    broken[2].score = value
    let frames = (0..<10).map { _ in broken.prefix(2) + [person()] + broken.suffix(1) }
    let found = identities(frames.map { Array($0) }, Tracker(skeleton: .coco17))
    #expect(found.allSatisfy { $0.map(\.trackID) == [0] })
  }

  @Test func `missing joints do not matter`() {
    var half = person()
    half.keypoints = half.keypoints.enumerated().map { $0.offset < 9 ? $0.element : nil }
    let frames = (0..<20).map { $0.isMultiple(of: 2) ? [person()] : [half] }
    #expect(identities(frames, Tracker(skeleton: .coco17)).allSatisfy { $0.map(\.trackID) == [0] })
  }

  @Test(arguments: [
    [0, 1, 2, 1, 0, 3, 4, 5], [0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 2, 60, 61, 62, 63, 64],
    [0, 5, 10, 15, 20, 25, 30, 35], [.max, 0, .min, 3, 4, 5, 6, 7],
  ])
  func `clocks that run backwards, stand still, jump or stride lose nobody who stands there`(ticks: [Int64]) {
    var online = OnlineIdentities(Tracker(skeleton: .coco17))
    var found: [[TrackedPose]] = []
    for tick in ticks { found += online.update([person()], at: MediaTime(ticks: tick, denominator: 25)).decided }
    found += online.finish()
    #expect(found.map { $0.map(\.trackID) } == ticks.map { _ in [0] })
  }

  @Test func `gaps are measured in seconds whatever the frame rate`() {
    for rate in [10, 25, 60, 240] {
      let frames = (0..<3 * rate).map { (rate..<rate + rate * 4 / 5).contains($0) ? [] : [person()] }
      let found = identities(frames, Tracker(skeleton: .coco17), framesPerSecond: Int32(rate))
      #expect(Set(found.joined().map(\.trackID)) == [0], "\(rate)")
    }
  }

  @Test func `a shaken camera swaps nobody`() {
    var random = SeededRandom(seed: 2)
    let frames = (0..<60).map { _ in
      let (x, y) = (Double.random(in: -40...40, using: &random), Double.random(in: -40...40, using: &random))
      return (0..<5).map { moved(person(), x: Double($0) * 130 + x, y: y) }
    }
    let found = identities(frames, Tracker(skeleton: .coco17))
    #expect(found.allSatisfy { $0.map(\.trackID) == Array(0..<5) })
  }

  @Test func `links say how clear they are`() {
    var tracker = Tracker(skeleton: .coco17)
    let alone = (0..<3).map { tracker.update([person()], at: MediaTime(ticks: $0, denominator: 25)) }
    #expect(alone.last?.first.map { $0.margin > 0.5 } == true)
    var crowded = Tracker(skeleton: .coco17)
    let close = (0..<3).map { tick in
      crowded.update([person(), moved(person(), x: 25, y: 0)], at: MediaTime(ticks: tick, denominator: 25))
    }
    #expect(close.last?.first.map { $0.margin < 0.5 } == true)
  }

  private func moved(_ pose: Pose, x: Double, y: Double) -> Pose {
    var pose = pose
    pose.keypoints = pose.keypoints.map {
      $0.map { Keypoint(Point(x: $0.point.x + x, y: $0.point.y + y), score: $0.score) }
    }
    (pose.box.x, pose.box.y) = (pose.box.x + x, pose.box.y + y)
    return pose
  }
}
