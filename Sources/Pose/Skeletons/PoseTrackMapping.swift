/// How the joints of a keypoint set become the 17 of PoseTrack 2018, in whose file order they are given.
///
/// Joints of the same name are taken as they are; `neck` and `upper_neck` serve as `head_bottom`, `head` and `top_head`
/// as `head_top`. Where a set has none of these, both follow from the nose and the middle of the shoulders, as Girdhar
/// et al., *Detect-and-Track: Efficient Pose Estimation in Videos* (CVPR 2018), derive them: they lie on the line from the
/// shoulders through the nose. The paper puts `head_bottom` at 0 and `head_top` at 2 of that distance; PoseTrack's labels
/// lie at 0.3 and 1.7 of it in the mean, which is used here. A derived joint scores as the lowest of those it comes from.
/// The ears are kept, though the benchmark does not evaluate them.
public struct PoseTrackMapping: Sendable {
  private enum Source: Sendable {
    case joint(Int)
    /// On the line from the middle of the shoulders (0) to the nose (1).
    case onHeadLine(Double)
  }

  private let sources: [Source?]
  private let head: (nose: Int, left: Int, right: Int)?

  public init(from skeleton: Skeleton) {
    let aliases = ["head_bottom": ["neck", "upper_neck"], "head_top": ["top_head", "head"]]
    let positions = ["head_bottom": 0.3, "head_top": 1.7]
    var head: (nose: Int, left: Int, right: Int)?
    if let nose = skeleton.index(of: "nose"), let left = skeleton.index(of: "left_shoulder"),
      let right = skeleton.index(of: "right_shoulder")
    {
      head = (nose, left, right)
    }
    self.head = head
    sources = Skeleton.poseTrack18.joints.map { joint in
      let names = [joint.name] + aliases[joint.name, default: []]
      if let index = names.lazy.compactMap(skeleton.index(of:)).first { return .joint(index) }
      return head == nil ? nil : positions[joint.name].map(Source.onHeadLine)
    }
  }

  /// The 17 joints; nil where the pose has nothing to take one from.
  public func callAsFunction(_ keypoints: [Keypoint?]) -> [Keypoint?] {
    sources.map { source in
      switch source {
      case .joint(let index): keypoints.indices.contains(index) ? keypoints[index] : nil
      case .onHeadLine(let position): onHeadLine(position, keypoints)
      case nil: nil
      }
    }
  }

  private func onHeadLine(_ position: Double, _ keypoints: [Keypoint?]) -> Keypoint? {
    guard let head, max(head.nose, head.left, head.right) < keypoints.count,
      let nose = keypoints[head.nose], let left = keypoints[head.left], let right = keypoints[head.right]
    else { return nil }
    let x = (left.point.x + right.point.x) / 2
    let y = (left.point.y + right.point.y) / 2
    return Keypoint(
      Point(x: x + (nose.point.x - x) * position, y: y + (nose.point.y - y) * position),
      score: min(nose.score, left.score, right.score))
  }
}
