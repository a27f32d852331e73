import Pose
import Testing

@Suite struct `Joints of PoseTrack` {
  private func coco(_ points: [String: Keypoint]) -> [Keypoint?] { Skeleton.coco17.joints.map { points[$0.name] } }

  @Test func `head follows from nose and shoulders`() throws {
    let mapped = PoseTrackMapping(from: .coco17)(
      coco([
        "nose": Keypoint(Point(x: 100, y: 50), score: 0.9),
        "left_shoulder": Keypoint(Point(x: 120, y: 90), score: 0.5),
        "right_shoulder": Keypoint(Point(x: 80, y: 110), score: 0.7),
        "left_knee": Keypoint(Point(x: 1, y: 2), score: 0.3),
      ]))
    let skeleton = Skeleton.poseTrack18
    #expect(mapped.count == 17)
    #expect(mapped[try #require(skeleton.index(of: "head_bottom"))] == Keypoint(Point(x: 100, y: 85), score: 0.5))
    #expect(mapped[try #require(skeleton.index(of: "head_top"))] == Keypoint(Point(x: 100, y: 15), score: 0.5))
    #expect(mapped[try #require(skeleton.index(of: "left_knee"))] == Keypoint(Point(x: 1, y: 2), score: 0.3))
    #expect(mapped[try #require(skeleton.index(of: "right_knee"))] == nil)
  }

  @Test func `what is missing is not invented`() {
    let mapped = PoseTrackMapping(from: .coco17)(coco(["nose": Keypoint(Point(x: 1, y: 1), score: 1)]))
    #expect(mapped.compactMap(\.self).count == 1)
  }

  @Test(arguments: Skeleton.all)
  func `every set gives at least the twelve joints of the limbs`(skeleton: Skeleton) {
    let keypoints = skeleton.joints.indices.map { Keypoint(Point(x: Double($0), y: 1), score: 1) }
    #expect(PoseTrackMapping(from: skeleton)(keypoints).suffix(12).allSatisfy { $0 != nil })
  }
}
