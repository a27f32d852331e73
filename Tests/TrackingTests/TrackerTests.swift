import Pose
import Testing
private import Timing
import Tracking

@Suite struct `The tracker` {
  @Test(arguments: [
    ("crossing_two", 25), ("crossing_four_same_size", 25), ("crossing_different_heights", 25),
    ("occlusion_1_frames", 25), ("occlusion_10_frames", 25), ("camera_pan_fast", 25), ("camera_shake", 25),
    ("leave_and_enter_same_place", 25), ("leave_gap_enter_other", 25), ("few_keypoints", 25), ("noisy_detections", 25),
    ("empty_frames", 25), ("low_frame_rate_5x", 5), ("low_frame_rate_12x", 2),
  ])
  func `people keep their identities`(scene name: String, framesPerSecond: Int32) throws {
    let outcome = try Scene(named: name).run(framesPerSecond: framesPerSecond)
    #expect(outcome.switches == 0)
    #expect(outcome.missed <= 3)
    #expect(outcome.ids.count <= outcome.people.count)
  }

  @Test(arguments: TrackerOptions.Linking.allCases, TrackerOptions.Measure.allCases)
  func `every way of linking keeps two who cross`(linking: TrackerOptions.Linking, measure: TrackerOptions.Measure)
    throws
  {
    var options = TrackerOptions()
    options.linking = linking
    options.measure = measure
    let outcome = try Scene(named: "crossing_two").run(options)
    #expect(outcome.switches == 0)
    #expect(outcome.ids == [0, 1])
  }

  @Test func `without a gap a person who was hidden is new`() throws {
    var options = TrackerOptions()
    options.maximumGap = 0
    #expect(try Scene(named: "occlusion_10_frames").run(options).switches == 1)
    options.maximumGap = 9
    #expect(try Scene(named: "occlusion_10_frames").run(options).switches == 1)
    options.maximumGap = 10
    #expect(try Scene(named: "occlusion_10_frames").run(options).switches == 0)
  }

  @Test func `two runs give the same`() throws {
    let scene = try Scene(named: "crossing_four_same_size")
    var (first, second) = (Tracker(skeleton: .coco17), Tracker(skeleton: .coco17))
    for (index, detections) in scene.frames.enumerated() {
      let time = MediaTime(ticks: Int64(index), denominator: 25)
      #expect(first.update(detections.map(\.pose), at: time) == second.update(detections.map(\.pose), at: time))
    }
  }

  @Test func `all poses are kept where that is asked for, each with an identity of its own`() throws {
    var options = TrackerOptions()
    options.keepsAll = true
    var tracker = Tracker(skeleton: .coco17, options: options)
    var weak = person(x: 900)
    weak.score = -2
    weak.keypoints = weak.keypoints.map { $0.map { Keypoint($0.point, score: 0) } }
    let empty = Pose(
      keypoints: Array(repeating: nil, count: 17), box: Box(x: 5, y: 5, width: 0, height: 0), score: 0)
    for frame in 0..<4 {
      let poses = frame == 0 ? [] : [person(x: 10), person(x: 10), weak, empty]
      let tracked = tracker.update(poses, at: MediaTime(ticks: Int64(frame), denominator: 25))
      #expect(tracked.map(\.pose) == poses)
      #expect(Set(tracked.map(\.trackID)).count == poses.count)
    }
  }

  @Test func `ids are never used again`() {
    var options = TrackerOptions()
    options.maximumGap = 1
    var tracker = Tracker(skeleton: .coco17, options: options)
    var ids: [Int] = []
    for (index, x) in [0.0, 5000, 10_000].enumerated() {
      for step in 0..<3 {
        let poses = step == 0 ? [person(x: x)] : []
        ids += tracker.update(poses, at: MediaTime(ticks: Int64(index * 3 + step), denominator: 10)).map(\.trackID)
      }
    }
    #expect(ids == [0, 1, 2])
  }

  @Test func `an uncertain person is confirmed in the third frame`() {
    var tracker = Tracker(skeleton: .coco17)
    _ = tracker.update([], at: MediaTime(ticks: 0, denominator: 30))
    #expect(tracker.update([person(score: 0.35)], at: MediaTime(ticks: 1, denominator: 30)).isEmpty)
    #expect(tracker.update([person(score: 0.35)], at: MediaTime(ticks: 2, denominator: 30)).isEmpty)
    #expect(tracker.update([person(score: 0.35)], at: MediaTime(ticks: 3, denominator: 30)).map(\.trackID) == [0])
  }

  @Test func `a weak pose continues a track but starts none`() {
    var tracker = Tracker(skeleton: .coco17)
    let weak = person(score: 0.1)
    #expect(tracker.update([weak], at: MediaTime(ticks: 0, denominator: 30)).isEmpty)
    #expect(tracker.update([person()], at: MediaTime(ticks: 1, denominator: 30)).map(\.trackID) == [0])
    #expect(tracker.update([weak], at: MediaTime(ticks: 2, denominator: 30)).map(\.trackID) == [0])
  }

  @Test func `of two equal poses the better is kept`() {
    var tracker = Tracker(skeleton: .coco17)
    let tracked = tracker.update(
      [person(score: 0.8), person(score: 0.9), person(x: 400)], at: MediaTime(ticks: 0, denominator: 30))
    #expect(tracked.map(\.pose.score) == [0.9, 0.9])
    #expect(tracked.map(\.trackID) == [0, 1])
  }

  @Test func `broken poses are left out`() {
    var tracker = Tracker(skeleton: .coco17)
    var broken = person()
    broken.box.width = .infinity
    var few = person()
    few.keypoints = Array(few.keypoints.prefix(2))
    #expect(tracker.update([broken, few], at: MediaTime(ticks: 0, denominator: 30)).isEmpty)
    #expect(tracker.update([person()], at: MediaTime(ticks: 0, denominator: 30)).count == 1)
  }
}

/// A standing person 100 pixels wide and 200 high.
func person(x: Double = 0, score: Double = 0.9) -> Pose {
  let keypoints = (0..<17).map { Keypoint(Point(x: x + Double($0 % 4) * 25, y: Double($0) * 12), score: 0.8) }
  return Pose(keypoints: keypoints, box: Box(x: x, y: 0, width: 100, height: 200), score: score)
}
