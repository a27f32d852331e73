import Pose
import Testing

@Suite struct `Non-maximum suppression` {
  struct Boxes: Decodable {
    var boxes: [[Double]]
    var expected: [String: [Int]]
  }

  @Test(arguments: [0.3, 0.5, 0.65])
  func `boxes are kept as by MMPose and OpenCV`(threshold: Double) throws {
    for group in try fixture("box-nms", as: [Boxes].self) {
      let boxes = group.boxes.map {
        ScoredBox(Box(x: $0[0], y: $0[1], width: $0[2] - $0[0], height: $0[3] - $0[1]), score: $0[4])
      }
      #expect(
        NonMaximumSuppression.boxes(boxes, threshold: threshold) == group.expected["plain_nms_\(threshold)"])
      #expect(
        NonMaximumSuppression.boxes(boxes, threshold: threshold, pixelInclusive: true)
          == group.expected["mmpose_nms_plus1_\(threshold)"])
    }
  }

  struct Poses: Decodable {
    struct Instance: Decodable {
      var keypoints: [Double]
      var score: Double
      var area: Double
    }
    var instances: [Instance]
    var expected: [String: [Int]]
  }

  @Test(arguments: [0.5, 0.7, 0.9])
  func `poses are kept as by MMPose`(threshold: Double) throws {
    for group in try fixture("pose-nms", as: [Poses].self) {
      let poses = group.instances.map {
        Pose(
          keypoints: triples($0.keypoints), box: Box(x: 0, y: 0, width: $0.area, height: 1), score: $0.score)
      }
      let oks = OKS(.coco17)
      #expect(
        NonMaximumSuppression.poses(poses, oks: oks, threshold: threshold)
          == group.expected["oks_nms_\(threshold)"])
      #expect(
        NonMaximumSuppression.softPoses(poses, oks: oks, threshold: threshold)
          == group.expected["soft_oks_nms_\(threshold)"])
    }
  }

  @Test func `equal scores keep their order`() {
    let box = ScoredBox(Box(x: 0, y: 0, width: 10, height: 10), score: 0.5)
    let far = ScoredBox(Box(x: 50, y: 0, width: 10, height: 10), score: 0.5)
    #expect(NonMaximumSuppression.boxes([box, far, box], threshold: 0.5) == [0, 1])
  }

  @Test func `empty boxes do not overlap`() {
    let empty = Box(x: 5, y: 5, width: 0, height: 0)
    #expect(empty.iou(empty) == 0)
    #expect(Box(x: 0, y: 0, width: 10, height: 10).iou(empty) == 0)
  }
}
