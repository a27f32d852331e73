extension Skeleton {
  /// AI Challenger: Wu et al., *AI Challenger: A Large-scale Dataset for Going Deeper in Image Understanding*, 2017;
  /// its own sigmas.
  public static let aic14 = Skeleton(
    name: "aic14",
    joints: [
      ("right_shoulder", 0.01388152), ("right_elbow", 0.01515228), ("right_wrist", 0.01057665),
      ("left_shoulder", 0.01417709), ("left_elbow", 0.01497891), ("left_wrist", 0.01402144),
      ("right_hip", 0.03909642), ("right_knee", 0.03686941), ("right_ankle", 0.01981803), ("left_hip", 0.03843971),
      ("left_knee", 0.03412318), ("left_ankle", 0.02415081), ("head_top", 0.01291456), ("neck", 0.01236173),
    ],
    left: [
      (3, 4), (4, 5), (9, 10), (10, 11),
    ],
    right: [
      (2, 1), (1, 0), (8, 7), (7, 6),
    ],
    center: [
      (0, 13), (13, 3), (6, 9), (12, 13), (0, 6), (3, 9),
    ])
}
