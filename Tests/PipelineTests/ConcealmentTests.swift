import Interchange
private import Overlay
import Pose
import Testing

@testable import Pipeline

@Suite struct `Hiding people` {
  private func person(_ x: Double, id: Int?) -> RecordedFrame.Person {
    .init(
      Pose(keypoints: [], box: Box(x: x, y: 100, width: 40, height: 100), score: 1), trackID: id)
  }

  /// Frames of 0.04 s; x of the person in each, nil where out of sight.
  private func concealment(_ places: [Double?], id: Int? = 3) -> Concealment {
    var concealment = Concealment()
    for (index, x) in places.enumerated() {
      concealment.see(x.map { [person($0, id: id)] } ?? [], at: Double(index) * 0.04)
    }
    return concealment
  }

  private func isCovered(_ x: Double, _ boxes: [Box]) -> Bool {
    boxes.contains { $0.x < x && $0.maxX > x + 40 && $0.y < 100 && $0.maxY > 200 }
  }

  @Test func `the box is covered with a margin, the rest of the picture is not`() {
    let boxes = concealment(Array(repeating: 50, count: 10)).boxes(at: 0.2)
    #expect(boxes.count == 1 && isCovered(50, boxes) && isCovered(44.5, boxes))
    #expect(boxes[0].width < 60 && boxes[0].height < 130)
  }

  @Test(arguments: [1, 5, 12, 49])
  func `a gap is covered all the way`(length: Int) {
    let places = (0..<20 + length + 20).map {
      (20..<20 + length).contains($0) ? nil : 10 + 3 * Double($0)
    }
    let concealment = concealment(places)
    for index in places.indices {
      #expect(
        isCovered(10 + 3 * Double(index), concealment.boxes(at: Double(index) * 0.04)), "\(index)")
    }
  }

  @Test func `someone gone for long is covered for a second after and before`() {
    let places = (0..<300).map { (100..<200).contains($0) ? nil : 50.0 }
    let concealment = concealment(places)
    for (index, isHidden) in [
      (99, true), (110, true), (123, true), (150, false), (177, true), (200, true),
    ] {
      #expect(concealment.boxes(at: Double(index) * 0.04).isEmpty != isHidden, "\(index)")
    }
  }

  @Test func `people whom nobody has linked are covered where they are seen`() {
    let concealment = concealment([50, 60, nil, nil, nil, nil, nil, nil, 90], id: nil)
    #expect(isCovered(50, concealment.boxes(at: 0)) && isCovered(60, concealment.boxes(at: 0.04)))
    #expect(concealment.strangerCount == 3)
  }

  @Test func `joints outside the box widen it, wild guesses do not`() {
    let keypoints = [Point(x: 30, y: 90), Point(x: 900, y: -500)].map { Keypoint($0, score: 0.5) }
    let pose = Pose(keypoints: keypoints, box: Box(x: 50, y: 100, width: 40, height: 100), score: 1)
    let extent = pose.generousExtent
    #expect(extent.map { $0.x < 30 && $0.y < 90 && $0.maxX < 120 } == true)
    let broken = Pose(keypoints: [], box: Box(x: .nan, y: 0, width: 1, height: 1), score: 1)
    #expect(broken.generousExtent == nil)
  }
}
