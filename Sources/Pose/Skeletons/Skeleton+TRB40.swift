extension Skeleton {
  /// MPII-TRB, skeleton (first 14) and contour points: Duan et al., *TRB: A Novel Triplet Representation for
  /// Understanding 2D Human Body*, ICCV 2019. The data set publishes no sigmas: a joint, and the two contour points
  /// beside it, take those of the COCO joint of that name; head, neck and the points beside it the shoulder's, as CrowdPose.
  public static let trb40 = Skeleton(
    name: "trb40",
    joints: [
      ("left_shoulder", 0.079), ("right_shoulder", 0.079), ("left_elbow", 0.072), ("right_elbow", 0.072),
      ("left_wrist", 0.062), ("right_wrist", 0.062), ("left_hip", 0.107), ("right_hip", 0.107), ("left_knee", 0.087),
      ("right_knee", 0.087), ("left_ankle", 0.089), ("right_ankle", 0.089), ("head", 0.079), ("neck", 0.079),
      ("right_neck", 0.079), ("left_neck", 0.079), ("medial_right_shoulder", 0.079),
      ("lateral_right_shoulder", 0.079), ("medial_right_bow", 0.072), ("lateral_right_bow", 0.072),
      ("medial_right_wrist", 0.062), ("lateral_right_wrist", 0.062), ("medial_left_shoulder", 0.079),
      ("lateral_left_shoulder", 0.079), ("medial_left_bow", 0.072), ("lateral_left_bow", 0.072),
      ("medial_left_wrist", 0.062), ("lateral_left_wrist", 0.062), ("medial_right_hip", 0.107),
      ("lateral_right_hip", 0.107), ("medial_right_knee", 0.087), ("lateral_right_knee", 0.087),
      ("medial_right_ankle", 0.089), ("lateral_right_ankle", 0.089), ("medial_left_hip", 0.107),
      ("lateral_left_hip", 0.107), ("medial_left_knee", 0.087), ("lateral_left_knee", 0.087),
      ("medial_left_ankle", 0.089), ("lateral_left_ankle", 0.089),
    ],
    left: [
      (0, 2), (2, 4), (6, 8), (8, 10), (22, 23), (24, 25), (26, 27), (34, 35), (36, 37), (38, 39),
    ],
    right: [
      (1, 3), (3, 5), (7, 9), (9, 11), (16, 17), (18, 19), (20, 21), (28, 29), (30, 31), (32, 33),
    ],
    center: [
      (12, 13), (13, 0), (13, 1), (0, 6), (1, 7), (6, 7), (14, 15),
    ])
}
