internal import Pose

/// What the lists of OpenPose's files hold: the body in one of two orders, the face, the hands.
struct OpenPoseLayout: Sendable {
  /// The body alone.
  let body: Skeleton
  /// The body with face and hands.
  let whole: Skeleton

  static let body25 = OpenPoseLayout(body: .openPose25, whole: .openPose137)
  static let coco = OpenPoseLayout(body: .openPose18, whole: .openPose130)

  /// The lists after that of the body, with how many keypoints each has.
  static let parts = [("face_keypoints_2d", 70), ("hand_left_keypoints_2d", 21), ("hand_right_keypoints_2d", 21)]
}
