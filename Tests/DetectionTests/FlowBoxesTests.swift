internal import Imaging
internal import Pose
internal import Testing

@testable internal import Detection

@Suite struct `Boxes by flow` {
  private final class Stub: BoxProvider {
    let found: [ScoredBox]

    init(_ found: [ScoredBox]) { self.found = found }

    func boxes(in frame: FrameView) -> [ScoredBox] { found }
  }

  private let view = FrameView(index: 0, picture: .rgb(Image(width: 640, height: 480)))
  private let detected = ScoredBox(Box(x: 100, y: 100, width: 50, height: 100), score: 0.9)

  private func boxes(_ found: [ScoredBox]) -> FlowBoxes {
    FlowBoxes(Stub(found), minimumScore: 0.5, growth: 0.15, suppressionThreshold: 0.3)
  }

  /// Two joints at opposite corners, and one that nobody sees.
  private func person(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double, _ score: Double) -> TrackedPose
  {
    let keypoints = [
      Keypoint(Point(x: left, y: top), score: score - 0.1), nil,
      Keypoint(Point(x: right, y: bottom), score: score + 0.1),
    ]
    return TrackedPose(
      Pose(keypoints: keypoints, box: Box(x: 0, y: 0, width: 9, height: 9), score: score), trackID: 0)
  }

  @Test func `the extent of moved joints grows by 15 percent and scores as the pose does`() throws {
    let boxes = boxes([])
    #expect(try boxes.boxes(in: view).isEmpty)
    boxes.observe([person(200, 100, 240, 200, 0.7)])
    let found = try boxes.boxes(in: view)
    try #require(found.count == 1)
    #expect(found[0].box.center == Point(x: 220, y: 150))
    #expect(abs(found[0].box.width - 46) < 1e-9 && abs(found[0].box.height - 115) < 1e-9)
    #expect(abs(found[0].score - 0.7) < 1e-9)
    boxes.observe([person(200, 100, 240, 200, 0.49)])
    #expect(try boxes.boxes(in: view).isEmpty)
    boxes.observe([])
    #expect(try boxes.boxes(in: view).isEmpty)
  }

  @Test func `both kinds of boxes are suppressed together, the higher score stays`() throws {
    let boxes = boxes([detected])
    boxes.observe([person(101, 101, 149, 199, 0.7), person(300, 100, 340, 200, 0.6)])
    #expect(try boxes.boxes(in: view).map(\.box.center.x) == [125, 320])
    #expect(try boxes.boxes(in: view).map(\.score)[0] == 0.9)
    boxes.observe([person(102, 101, 150, 199, 1.5)])
    let found = try boxes.boxes(in: view)
    #expect(found.map(\.box.center.x) == [126] && found.map(\.score) == [1])
  }

  @Test func `boxes are cut off at the edges, and those without extent are none`() throws {
    let boxes = boxes([])
    boxes.observe([person(-20, 100, 20, 200, 0.7), person(50, 50, 50, 50, 0.7), person(900, 10, 950, 90, 0.7)])
    let found = try boxes.boxes(in: view)
    #expect(found.count == 1)
    #expect(found[0].box.x == 0 && abs(found[0].box.maxX - 23) < 1e-9)
  }
}
