internal import Imaging
internal import Pose
import Testing

@testable internal import Detection

@Suite struct `Propagated boxes` {
  /// Counts how often it is asked.
  private final class Stub: BoxProvider {
    var count = 0

    func boxes(in frame: FrameView) -> [ScoredBox] {
      count += 1
      return [ScoredBox(Box(x: 100, y: 100, width: 50, height: 100), score: 0.9)]
    }
  }

  private func view(_ index: Int, beginsShot: Bool = false) -> FrameView {
    FrameView(index: index, picture: .rgb(Image(width: 640, height: 480)), beginsShot: beginsShot)
  }

  /// A person whose keypoints fill 40 × 80 around a point.
  private func person(x: Double, y: Double, id: Int = 0, score: Double = 0.9) -> TrackedPose {
    let corners = [(-20.0, -40.0), (20, -40), (-20, 40), (20, 40)].map { (dx: Double, dy: Double) in
      Keypoint(Point(x: x + dx, y: y + dy), score: score)
    }
    let box = Box(x: x - 25, y: y - 50, width: 50, height: 100)
    return TrackedPose(Pose(keypoints: corners + [nil], box: box, score: score), trackID: id)
  }

  @Test func `The detector is asked at multiples of the interval, boxes grow out of poses in between`() throws {
    let detector = Stub()
    let boxes = PropagatedBoxes(detector: detector, interval: 4)
    for index in 0..<9 {
      let found = try boxes.boxes(in: view(index))
      #expect(found.count == 1)
      boxes.observe([person(x: 125, y: 150)])
      if index % 4 != 0 {
        #expect(found[0].box == Box(x: 100, y: 100, width: 50, height: 100))
      }
    }
    #expect(detector.count == 3)
  }

  @Test func `Boxes move on with the person`() throws {
    let boxes = PropagatedBoxes(detector: Stub(), interval: 10)
    _ = try boxes.boxes(in: view(0))
    boxes.observe([person(x: 125, y: 150)])
    _ = try boxes.boxes(in: view(1))
    boxes.observe([person(x: 135, y: 152)])
    #expect(try boxes.boxes(in: view(2))[0].box.center == Point(x: 145, y: 154))
  }

  @Test func `Boxes don't go on over a cut`() throws {
    let detector = Stub()
    let boxes = PropagatedBoxes(detector: detector, interval: 10)
    for index in 0..<4 {
      let found = try boxes.boxes(in: view(index, beginsShot: index == 2))
      #expect((found[0].box.x == 100) == (index != 1 && index != 3))
      boxes.observe([person(x: 300, y: 150)])
    }
    #expect(detector.count == 2)
  }

  @Test func `A lost person makes the detector look once, not for ever`() throws {
    let detector = Stub()
    let boxes = PropagatedBoxes(detector: detector, interval: 100)
    _ = try boxes.boxes(in: view(0))
    boxes.observe([person(x: 125, y: 150), person(x: 300, y: 150, id: 1)])
    _ = try boxes.boxes(in: view(1))
    boxes.observe([person(x: 125, y: 150)])
    _ = try boxes.boxes(in: view(2))
    #expect(detector.count == 2)
    boxes.observe([person(x: 125, y: 150), person(x: 300, y: 150, id: 1, score: 0.1)])
    _ = try boxes.boxes(in: view(3))
    #expect(detector.count == 2, "a pose that nobody believes does not count")
  }

  @Test func `What happened before a multiple of the interval has no influence after it`() throws {
    func run(from start: Int) throws -> [[ScoredBox]] {
      let boxes = PropagatedBoxes(detector: Stub(), interval: 5)
      return try (start..<9).map { index in
        let found = try boxes.boxes(in: view(index))
        boxes.observe([person(x: 125 + 3 * Double(index), y: 150)])
        return found
      }
    }
    #expect(try run(from: 0).suffix(4) == run(from: 5).suffix(4))
  }

  @Test func `The whole frame is one box`() {
    #expect(WholeFrame().boxes(in: view(0)) == [ScoredBox(Box(x: 0, y: 0, width: 640, height: 480), score: 1)])
  }
}
