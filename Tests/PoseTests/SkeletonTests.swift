import Pose
import Testing

@Suite struct `Keypoint sets` {
  /// What mmpose's `configs/_base_/datasets` state.
  struct Published: Decodable {
    var names: [String]
    var flip: [Int]
    var sigmas: [Double]
    var limbs: [[Int]]
  }

  @Test(arguments: Skeleton.all.map(\.name).filter { !$0.hasPrefix("openpose") })
  func `the table is that of MMPose`(name: String) throws {
    let all = try fixture("skeletons", as: [String: Published].self)
    let published = try #require(all[name == "ubody133" ? "wholebody133" : name])
    let skeleton = try #require(Skeleton.named(name))
    #expect(skeleton.joints.map(\.name) == published.names)
    #expect(skeleton.flipIndices == published.flip)
    if !published.sigmas.isEmpty { #expect(skeleton.sigmas == published.sigmas) }
    #expect(Set(skeleton.limbs.map { [$0.from, $0.to] }) == Set(published.limbs))
    #expect(skeleton.limbs.count == published.limbs.count)
  }

  @Test(arguments: Skeleton.all)
  func `mirroring twice changes nothing and swaps sides`(skeleton: Skeleton) {
    for (index, joint) in skeleton.joints.enumerated() {
      let other = skeleton.joints[joint.flipIndex]
      #expect(other.flipIndex == index)
      #expect((joint.side == .center) == (joint.flipIndex == index))
      #expect(joint.side == .center || other.side != joint.side)
    }
  }

  @Test func `data set names of MMPose are understood`() {
    #expect(Skeleton.named("coco_wholebody") == .wholeBody133)
    #expect(Skeleton.named("coco17") == .coco17)
    #expect(Skeleton.named("cats") == nil)
  }
}
