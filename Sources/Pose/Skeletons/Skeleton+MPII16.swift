extension Skeleton {
  /// MPII Human Pose: Andriluka et al., *2D Human Pose Estimation: New Benchmark and State of the Art
  /// Analysis*, CVPR 2014; sigmas as mmpose `configs/_base_/datasets/mpii.py`.
  public static let mpii16 = Skeleton(
    name: "mpii16",
    joints: [
      ("right_ankle", 0.089), ("right_knee", 0.083), ("right_hip", 0.107), ("left_hip", 0.107), ("left_knee", 0.083),
      ("left_ankle", 0.089), ("pelvis", 0.026), ("thorax", 0.026), ("upper_neck", 0.026), ("head_top", 0.026),
      ("right_wrist", 0.062), ("right_elbow", 0.072), ("right_shoulder", 0.179), ("left_shoulder", 0.179),
      ("left_elbow", 0.072), ("left_wrist", 0.062),
    ],
    left: [
      (6, 3), (3, 4), (4, 5), (8, 13), (13, 14), (14, 15),
    ],
    right: [
      (0, 1), (1, 2), (2, 6), (8, 12), (12, 11), (11, 10),
    ],
    center: [
      (6, 7), (7, 8), (8, 9),
    ])

  /// MHP v2: Zhao et al., *Understanding Humans in Crowded Scenes*, ACM MM 2018; the same joints, limbs and sigmas.
  public static let mhp16 = mpii16.renamed("mhp16")
}
