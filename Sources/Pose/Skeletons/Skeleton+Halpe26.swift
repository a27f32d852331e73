extension Skeleton {
  /// Halpe, body and feet: Fang et al., *AlphaPose: Whole-Body Regional Multi-Person Pose Estimation and Tracking
  /// in Real-Time*, TPAMI 2022; sigmas as mmpose `configs/_base_/datasets/halpe26.py`.
  public static let halpe26 = Skeleton(
    name: "halpe26",
    joints: [
      ("nose", 0.026), ("left_eye", 0.025), ("right_eye", 0.025), ("left_ear", 0.035), ("right_ear", 0.035),
      ("left_shoulder", 0.079), ("right_shoulder", 0.079), ("left_elbow", 0.072), ("right_elbow", 0.072),
      ("left_wrist", 0.062), ("right_wrist", 0.062), ("left_hip", 0.107), ("right_hip", 0.107), ("left_knee", 0.087),
      ("right_knee", 0.087), ("left_ankle", 0.089), ("right_ankle", 0.089), ("head", 0.026), ("neck", 0.026),
      ("hip", 0.066), ("left_big_toe", 0.079), ("right_big_toe", 0.079), ("left_small_toe", 0.079),
      ("right_small_toe", 0.079), ("left_heel", 0.079), ("right_heel", 0.079),
    ],
    left: [
      (15, 13), (13, 11), (11, 19), (18, 5), (5, 7), (7, 9), (15, 20), (15, 22), (15, 24),
    ],
    right: [
      (16, 14), (14, 12), (12, 19), (18, 6), (6, 8), (8, 10), (16, 21), (16, 23), (16, 25),
    ],
    center: [
      (17, 18), (18, 19), (1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6),
    ])
}
