extension Skeleton {
  /// COCO person keypoints: Lin et al., *Microsoft COCO: Common Objects in Context*, ECCV 2014;
  /// sigmas of the COCO keypoint evaluation.
  public static let coco17 = Skeleton(
    name: "coco17",
    joints: [
      ("nose", 0.026), ("left_eye", 0.025), ("right_eye", 0.025), ("left_ear", 0.035), ("right_ear", 0.035),
      ("left_shoulder", 0.079), ("right_shoulder", 0.079), ("left_elbow", 0.072), ("right_elbow", 0.072),
      ("left_wrist", 0.062), ("right_wrist", 0.062), ("left_hip", 0.107), ("right_hip", 0.107), ("left_knee", 0.087),
      ("right_knee", 0.087), ("left_ankle", 0.089), ("right_ankle", 0.089),
    ],
    left: [
      (15, 13), (13, 11), (5, 7), (7, 9),
    ],
    right: [
      (16, 14), (14, 12), (6, 8), (8, 10),
    ],
    center: [
      (11, 12), (5, 11), (6, 12), (5, 6), (1, 2), (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6),
    ])
}
