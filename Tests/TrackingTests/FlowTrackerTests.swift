import Imaging
import Pose
import Testing
import Timing

@testable import Tracking

extension TrackerOptions {
  fileprivate static var everybody: TrackerOptions {
    var options = TrackerOptions()
    options.keepsAll = true
    return options
  }
}

/// The tracker of Simple Baselines on made-up poses and flows.
@Suite struct `Tracking by flow` {
  /// Everything moves alike; some points are lost.
  private struct Shift: OpticalFlow {
    var x = 0.0
    var y = 0.0
    var isLost: @Sendable (Point) -> Bool = { _ in false }

    func moved(_ points: [Point]) -> [Point?] {
      points.map { isLost($0) ? nil : Point(x: $0.x + x, y: $0.y + y) }
    }
  }

  /// Seventeen joints over 40 × 160 pixels with the middle at a point.
  private func person(_ x: Double, _ y: Double, score: Double = 0.9) -> Pose {
    let keypoints = (0..<17).map { joint in
      Keypoint(Point(x: x + Double(joint % 3 - 1) * 20, y: y - 80 + Double(joint) * 10), score: score)
    }
    return Pose(keypoints: keypoints, box: Box(x: x - 25, y: y - 90, width: 50, height: 180), score: score)
  }

  private struct Scene {
    var tracker = FlowTracker(skeleton: .coco17)
    private var frame = 0

    /// The ids in the order of the poses, nil for nobody's.
    mutating func next(_ poses: [Pose], _ flow: (any OpticalFlow)? = Shift()) -> [Int?] {
      _ = tracker.carry(by: flow, width: 1000, height: 1000)
      frame += 1
      let links = tracker.update(poses, at: MediaTime(ticks: Int64(frame), denominator: 25))
      let tracks = Dictionary(uniqueKeysWithValues: links.map { ($0.pose, $0.track) })
      return poses.indices.map { tracks[$0] }
    }
  }

  @Test func `people keep their ids where the flow takes them, however far`() {
    var scene = Scene()
    #expect(scene.next([person(100, 200), person(400, 200)]) == [0, 1])
    #expect(scene.next([person(700, 250), person(400, 250)], Shift(x: 300, y: 50)) == [1, 0])
    #expect(scene.next([person(400, 250), person(700, 250)]) == [0, 1])
  }

  @Test func `weak poses go on and begin nobody`() {
    var scene = Scene()
    #expect(scene.next([person(100, 200), person(400, 200, score: 0.28)]) == [0, nil])
    var fewJoints = person(700, 200)
    for joint in 2..<17 { fewJoints.keypoints[joint]?.score = 0.1 }
    #expect(scene.next([person(100, 200), fewJoints]) == [0, nil])
    var weak = person(100, 200)
    weak.score = 0.1
    #expect(scene.next([weak, fewJoints]) == [0, nil])
    scene.tracker = FlowTracker(skeleton: .coco17, limits: .everybody)
    #expect(scene.next([weak, fewJoints]) == [0, 1])
  }

  @Test func `without the flow's help a leap is another person`() {
    var scene = Scene()
    #expect(scene.next([person(100, 200)]) == [0])
    #expect(scene.next([person(400, 200)]) == [1])
  }

  @Test func `the most similar pair is linked first, and each once`() {
    var scene = Scene()
    #expect(scene.next([person(100, 200), person(130, 200)]) == [0, 1])
    // The first pose is nearer to 1 than to 0, the second nearer still.
    #expect(scene.next([person(120, 200), person(129, 200)]) == [0, 1])
    #expect(scene.next([person(129, 200), person(129, 200), person(120, 200)]) == [1, 2, 0])
  }

  @Test func `margins say how much better a link is than the next`() {
    var tracker = FlowTracker(skeleton: .coco17)
    let time = MediaTime(ticks: 0, denominator: 25)
    #expect(tracker.update([person(100, 200), person(112, 200)], at: time).map(\.margin) == [1, 1])
    let margins = tracker.update([person(100, 200), person(112, 200)], at: time).map(\.margin)
    #expect(margins[0] == margins[1] && margins[0] > 0.05 && margins[0] < 0.9)
  }

  @Test(arguments: [(gap: 7, id: 0), (8, 1)])
  func `a person is remembered for eight frames, empty ones too`(gap: Int, id: Int) {
    var scene = Scene()
    #expect(scene.next([person(100, 200)]) == [0])
    for _ in 0..<gap { #expect(scene.next([], Shift(x: 5)) == []) }
    #expect(scene.next([person(105 + 5 * Double(gap), 200)], Shift(x: 5)) == [id])
  }

  @Test func `everyone leaves and others come`() {
    var scene = Scene()
    #expect(scene.next([person(100, 200), person(400, 200)]) == [0, 1])
    #expect(scene.next([]) == [])
    #expect(scene.next([person(800, 800), person(800, 300)]) == [2, 3])
    #expect(scene.next([]) == [])
  }

  @Test func `joints that score low do not count`() throws {
    var scene = Scene()
    var weak = person(100, 200)
    for joint in 0..<16 { weak.keypoints[joint]?.score = 0.39 }
    #expect(scene.next([weak, person(400, 200, score: 0.39)]) == [0, nil])
    let carried = scene.tracker.carry(by: Shift(x: 10), width: 1000, height: 1000)
    #expect(carried.map(\.trackID) == [0])
    #expect(abs(carried[0].pose.score - (16 * 0.39 + 0.9) / 17) < 1e-9)
    let joints = carried[0].pose.keypoints
    #expect(joints.dropLast().allSatisfy { $0 == nil })
    #expect(joints.last??.point == Point(x: 110, y: 280))
    #expect(scene.next([weak], Shift(x: -10)) == [0])
  }

  @Test func `a lost joint moves as the median of the others, and goes where it leaves the picture`() throws {
    var tracker = FlowTracker(skeleton: .coco17)
    _ = tracker.update([person(100, 200)], at: .zero)
    // Joints are at 80, 100 and 120; those at 120 are lost, and end at the right edge.
    let carried = tracker.carry(by: Shift(x: 30, y: 1) { $0.x > 110 }, width: 151, height: 300)
    let joints = carried.first?.pose.keypoints ?? []
    #expect(joints[2]?.point == Point(x: 150, y: 141))
    #expect(joints[0]?.point == Point(x: 110, y: 121))
    #expect(tracker.carry(by: Shift(x: 1), width: 151, height: 300).first?.pose.keypoints[2] == nil)
    #expect(tracker.carry(by: Shift(x: 1), width: 151, height: 300).first?.pose.keypoints[0] != nil)
    #expect(tracker.carry(by: Shift { _ in true }, width: 151, height: 300).isEmpty)
  }

  @Test func `a change of scene, where the flow loses all, ends everyone`() {
    for flow in [Shift { _ in true } as (any OpticalFlow)?, nil] {
      var scene = Scene()
      #expect(scene.next([person(100, 200)]) == [0])
      #expect(scene.next([person(100, 200)], flow) == [1])
      #expect(scene.next([person(100, 200)]) == [1])
    }
  }

  @Test func `joints that are no numbers, and poses without any, are nobody`() {
    var scene = Scene()
    var broken = person(100, 200)
    for joint in 0..<17 { broken.keypoints[joint]?.point.x = .nan }
    let none = Pose(keypoints: [], box: Box(x: 0, y: 0, width: 50, height: 50), score: 0.9)
    #expect(scene.next([broken, none, person(400, 200)]) == [nil, nil, 0])
    #expect(scene.next([broken, none, person(400, 200)]) == [nil, nil, 0])
  }

  @Test func `known links are given again as they were`() {
    let links = [[Link(pose: 1, track: 0, margin: 0.5)], [], [Link(pose: 0, track: 0, margin: 1)]]
    var known = KnownLinks(links)
    #expect((0..<4).map { _ in known.update([], at: .zero) } == links + [[]])
    #expect(known.fate(of: 0) == .confirmed)
  }
}
