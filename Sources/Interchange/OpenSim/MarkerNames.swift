internal import Pose

/// What OpenSim models of Pose2Sim call joints: `LShoulder` for `left_shoulder`, `Hip`, `RBigToe`.
enum MarkerNames {
  static func marker(_ joint: String) -> String {
    var words = joint.split(separator: "_").map(String.init)
    var side = ""
    if let first = words.first, ["left", "right"].contains(first), words.count > 1 {
      side = first == "left" ? "L" : "R"
      words.removeFirst()
    }
    return side + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// The keypoint set whose markers these are, in this order; one of its own where none is.
  static func skeleton(_ markers: [String]) -> Skeleton {
    Skeleton.all.first { $0.joints.map { marker($0.name) } == markers } ?? .of(joints: markers)
  }
}
