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
    // Ten frames of 25 a second, so that the eleventh comes 0.44 seconds after the last sighting.
    for (gap, switches) in [(0, 1), (0.39, 1), (0.44, 0), (1, 0)] {
      options.maximumGap = gap
      #expect(try Scene(named: "occlusion_10_frames").run(options).switches == switches, "\(gap)")
    }
  }

  @Test func `who walks behind something for a second and a half comes out as the same`() {
    let frames = (0..<100).map { frame in (40..<77).contains(frame) ? [] : [person(x: 3 * Double(frame))] }
    #expect(Set(identities(frames, Tracker(skeleton: .coco17)).joined().map(\.trackID)) == [0])
  }

  @Test(arguments: [(84.0, 0.6, 1), (110, 0.6, 2), (40, 0.6, 2), (84, 0.9, 2)])
  func `a weak box within that of somebody known, and not much smaller, is nobody`(
    height: Double, score: Double, people: Int
  ) {
    let whole = Pose(keypoints: [], box: Box(x: 100, y: 100, width: 50, height: 120), score: 0.9)
    let within = Pose(keypoints: [], box: Box(x: 110, y: 102, width: 30, height: height), score: score)
    let frames = (0..<20).map { $0 < 5 ? [whole] : [whole, within] }
    #expect(Set(identities(frames, Tracker(skeleton: .coco17)).joined().map(\.trackID)).count == people)
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
    var weak = person(x: 900)
    weak.score = -2
    weak.keypoints = weak.keypoints.map { $0.map { Keypoint($0.point, score: 0) } }
    let empty = Pose(
      keypoints: Array(repeating: nil, count: 17), box: Box(x: 5, y: 5, width: 0, height: 0), score: 0)
    let frames = (0..<4).map { $0 == 0 ? [] : [person(x: 10), person(x: 10), weak, empty] }
    for (poses, tracked) in zip(frames, identities(frames, Tracker(skeleton: .coco17, options: options))) {
      #expect(tracked.map(\.pose) == poses)
      #expect(Set(tracked.map(\.trackID)).count == poses.count)
    }
  }

  @Test func `ids are never used again`() {
    var options = TrackerOptions()
    options.maximumGap = 0.1
    let frames = [0.0, 5000, 10_000].flatMap { x in (0..<6).map { $0 < 3 ? [person(x: x)] : [] } }
    let found = identities(frames, Tracker(skeleton: .coco17, options: options), framesPerSecond: 10)
    #expect(found.flatMap { $0.map(\.trackID) } == [0, 0, 0, 1, 1, 1, 2, 2, 2])
  }

  @Test(arguments: [(1, 0), (2, 0), (3, 3), (4, 4)])
  func `who is seen in three frames is somebody in all of them`(frames count: Int, seen: Int) {
    let frames = (0..<8).map { (1...count).contains($0) ? [person()] : [] }
    let found = identities(frames, Tracker(skeleton: .coco17))
    #expect(found.count == frames.count)
    #expect(found.map(\.count).reduce(0, +) == seen)
  }

  @Test func `a frame waits only while somebody in it may be nobody`() {
    var online = OnlineIdentities(Tracker(skeleton: .coco17))
    let counts = [[], [person()], [person()], [person()], [person()]].enumerated().map { index, poses in
      online.update(poses, at: MediaTime(ticks: Int64(index), denominator: 30)).decided.count
    }
    #expect(counts == [1, 0, 0, 3, 1])
    #expect(online.finish().isEmpty)
  }

  @Test func `a weak pose continues a track but starts none`() {
    let weak = [person(score: 0.1)]
    let found = identities([weak, [person()], [person()], [person()], weak], Tracker(skeleton: .coco17))
    #expect(found.map { $0.map(\.trackID) } == [[], [0], [0], [0], [0]])
  }

  @Test func `a weak pose takes up who was out of sight`() {
    let weak = [person(score: 0.1)]
    let found = identities([[person()], [person()], [person()], [], [], weak, [person()]], Tracker(skeleton: .coco17))
    #expect(found.map { $0.map(\.trackID) } == [[0], [0], [0], [], [], [0], [0]])
  }

  @Test func `of two equal poses the better is kept`() {
    let tracked = identities([[person(score: 0.8), person(score: 0.9), person(x: 400)]], Tracker(skeleton: .coco17))[0]
    #expect(tracked.map(\.pose.score) == [0.9, 0.9])
    #expect(tracked.map(\.trackID) == [0, 1])
  }

  @Test func `no identity goes on across a cut to others in the same places`() {
    let shots: [[Pose]] = [
      [person(wears: 60), person(x: 400, wears: -60)], [person(wears: 0), person(x: 400, wears: 10)],
    ]
    let found = identities((0..<20).map { shots[$0 / 10] }, Tracker(skeleton: .coco17))
    #expect(found.map { $0.map(\.trackID) } == (0..<20).map { $0 < 10 ? [0, 1] : [2, 3] })
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
///
/// - Parameter clothes: Their colour, if any: a* of the torso.
func person(x: Double = 0, score: Double = 0.9, wears clothes: Int8? = nil) -> Pose {
  let keypoints = (0..<17).map { Keypoint(Point(x: x + Double($0 % 4) * 25, y: Double($0) * 12), score: 0.8) }
  let torso = clothes.map { colour in (0..<15).map { (5..<10).contains($0) ? colour : 0 } }
  return Pose(
    keypoints: keypoints, box: Box(x: x, y: 0, width: 100, height: 200), score: score,
    appearance: torso.map { Appearance(torso: $0, legs: nil) })
}
