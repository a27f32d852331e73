extension Skeleton {
  /// OpenPose's default: Cao et al., *OpenPose: Realtime Multi-Person 2D Pose Estimation Using Part Affinity Fields*,
  /// TPAMI 2019. OpenPose publishes no sigmas: joints take those of COCO and COCO-WholeBody, the neck the shoulders', the middle
  /// of the hips the hips'.
  public static let openPose25 = Skeleton(
    name: "openpose25",
    joints: [
      ("nose", 0.026), ("neck", 0.079), ("right_shoulder", 0.079), ("right_elbow", 0.072), ("right_wrist", 0.062),
      ("left_shoulder", 0.079), ("left_elbow", 0.072), ("left_wrist", 0.062), ("mid_hip", 0.107), ("right_hip", 0.107),
      ("right_knee", 0.087), ("right_ankle", 0.089), ("left_hip", 0.107), ("left_knee", 0.087), ("left_ankle", 0.089),
      ("right_eye", 0.025), ("left_eye", 0.025), ("right_ear", 0.035), ("left_ear", 0.035), ("left_big_toe", 0.068),
      ("left_small_toe", 0.066), ("left_heel", 0.066), ("right_big_toe", 0.092), ("right_small_toe", 0.094),
      ("right_heel", 0.094),
    ],
    left: [(1, 5), (5, 6), (6, 7), (8, 12), (12, 13), (13, 14), (14, 19), (19, 20), (14, 21)],
    right: [(1, 2), (2, 3), (3, 4), (8, 9), (9, 10), (10, 11), (11, 22), (22, 23), (11, 24)],
    center: [(1, 8), (1, 0), (0, 15), (15, 17), (0, 16), (16, 18)])

  /// OpenPose's model of the joints of COCO and the neck.
  public static let openPose18 = Skeleton(
    name: "openpose18",
    joints: [
      ("nose", 0.026), ("neck", 0.079), ("right_shoulder", 0.079), ("right_elbow", 0.072), ("right_wrist", 0.062),
      ("left_shoulder", 0.079), ("left_elbow", 0.072), ("left_wrist", 0.062), ("right_hip", 0.107),
      ("right_knee", 0.087), ("right_ankle", 0.089), ("left_hip", 0.107), ("left_knee", 0.087), ("left_ankle", 0.089),
      ("right_eye", 0.025), ("left_eye", 0.025), ("right_ear", 0.035), ("left_ear", 0.035),
    ],
    left: [(1, 5), (5, 6), (6, 7), (1, 11), (11, 12), (12, 13)],
    right: [(1, 2), (2, 3), (3, 4), (1, 8), (8, 9), (9, 10)],
    center: [(1, 0), (0, 14), (14, 16), (0, 15), (15, 17)])

  /// OpenPose's body with its face (the 68 points of COCO-WholeBody and the pupils), left and right hand.
  public static let openPose137 = openPose25.withOpenPoseParts("openpose137")
  public static let openPose130 = openPose18.withOpenPoseParts("openpose130")

  private func withOpenPoseParts(_ name: String) -> Skeleton {
    let whole = Skeleton.wholeBody133
    let start = joints.count
    var (joints, limbs) = (joints, limbs)
    func add(_ part: Range<Int>) {
      let shift = joints.count - part.lowerBound
      joints += whole.joints[part].map { joint in
        var joint = joint
        joint.flipIndex += shift
        return joint
      }
      limbs += whole.limbs.filter { part.contains($0.from) && part.contains($0.to) }.map {
        Limb($0.from + shift, $0.to + shift, side: $0.side)
      }
    }
    add(23..<91)
    joints.append(Joint(name: "right_pupil", side: .right, flipIndex: start + 69, sigma: 0.025))
    joints.append(Joint(name: "left_pupil", side: .left, flipIndex: start + 68, sigma: 0.025))
    add(91..<133)
    // The hands are mirrored into each other, whose places keep their distance.
    return Skeleton(name: name, joints: joints, limbs: limbs)
  }
}
