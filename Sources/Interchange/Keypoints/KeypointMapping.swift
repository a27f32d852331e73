internal import Pose

/// How the joints of one keypoint set become those of another, by rules only:
///
/// - a joint is that of the same name; the middle of the hips is also called `hip` (Halpe) and `pelvis` (MPII);
/// - where a set has no `neck`, it is the middle of the shoulders, and where it has no middle of the hips, that is the middle of
///   the hips, as OpenPose makes both for training; what is derived scores as the lower of the two;
/// - all else is absent.
struct KeypointMapping {
  private enum Source {
    case joint(Int)
    case middle(Int, Int)
  }

  private let sources: [Source?]
  private let names: [String]
  private let from: String

  init(from skeleton: Skeleton, to names: [String]) {
    (self.names, from) = (names, skeleton.name)
    let indices = Dictionary(
      skeleton.joints.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    sources = names.map { name in
      if let index = ([name] + Self.aliases[name, default: []]).lazy.compactMap({ indices[$0] }).first {
        return .joint(index)
      }
      guard let (left, right) = Self.middles[name], let left = indices[left], let right = indices[right] else {
        return nil
      }
      return .middle(left, right)
    }
  }

  private static let aliases = [
    "mid_hip": ["hip", "pelvis"], "hip": ["mid_hip", "pelvis"], "pelvis": ["mid_hip", "hip"],
  ]

  private static let middles = [
    "neck": ("left_shoulder", "right_shoulder"), "mid_hip": ("left_hip", "right_hip"),
    "hip": ("left_hip", "right_hip"),
  ]

  /// The joints of the other set; nil where the pose has nothing to take one from.
  func callAsFunction(_ keypoints: [Keypoint?]) -> [Keypoint?] {
    func keypoint(_ index: Int) -> Keypoint? { keypoints.indices.contains(index) ? keypoints[index] : nil }
    return sources.map { source in
      switch source {
      case .joint(let index): return keypoint(index)
      case .middle(let first, let second):
        guard let first = keypoint(first), let second = keypoint(second) else { return nil }
        return Keypoint(
          Point(x: (first.point.x + second.point.x) / 2, y: (first.point.y + second.point.y) / 2),
          score: min(first.score, second.score))
      case nil: return nil
      }
    }
  }

  /// What was derived and what is absent, in words.
  var notes: [String] {
    var (derived, absent): ([String], [String]) = ([], [])
    for (name, source) in zip(names, sources) {
      switch source {
      case .joint: break
      case .middle: derived.append(name)
      case nil: absent.append(name)
      }
    }
    var notes: [String] = []
    if !derived.isEmpty { notes.append("\(derived.joined(separator: " and ")) derived as the middle of both sides") }
    if !absent.isEmpty {
      let shown = absent.count > 6 ? absent.prefix(5) + ["\(absent.count - 5) more"] : absent[...]
      notes.append("\(from) has no \(shown.joined(separator: ", ")): left empty")
    }
    return notes
  }
}
