extension Skeleton {
  /// CrowdPose: Li et al., *CrowdPose: Efficient Crowded Scenes Pose Estimation and A New Benchmark*, CVPR 2019.
  public static let crowdPose14 = Skeleton(
    name: "crowdpose14",
    joints: [
      ("left_shoulder", 0.079), ("right_shoulder", 0.079), ("left_elbow", 0.072), ("right_elbow", 0.072),
      ("left_wrist", 0.062), ("right_wrist", 0.062), ("left_hip", 0.107), ("right_hip", 0.107), ("left_knee", 0.087),
      ("right_knee", 0.087), ("left_ankle", 0.089), ("right_ankle", 0.089), ("top_head", 0.079), ("neck", 0.079),
    ],
    left: [
      (10, 8), (8, 6), (0, 2), (2, 4),
    ],
    right: [
      (11, 9), (9, 7), (1, 3), (3, 5),
    ],
    center: [
      (6, 7), (0, 6), (1, 7), (0, 1), (12, 13), (1, 13), (0, 13),
    ])
}
