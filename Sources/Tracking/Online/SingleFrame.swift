internal import Pose

/// Which poses of a frame count: finite ones, good enough, and one of those that show the same person.
struct SingleFrame {
  private let options: TrackerOptions
  private let oks: OKS

  init(options: TrackerOptions, skeleton: Skeleton) {
    self.options = options
    oks = OKS(skeleton)
  }

  /// The places of those that count, in the order given.
  ///
  /// - Parameter known: Where known people should be.
  func candidates(_ poses: [Pose], known: [Pose]) -> [Int] {
    let finite = poses.indices.filter { poses[$0].isFinite }
    guard !options.keepsAll else { return finite }
    let good = finite.filter { poses[$0].score >= options.continueScore }
      .sorted { (-poses[$0].score, $0) < (-poses[$1].score, $1) }
    var different: [Int] = []
    for pose in good
    where !different.contains(where: { isAlike(poses[$0], poses[pose], above: options.duplicateOKS) }) {
      different.append(pose)
    }
    return single(different, of: poses, known: known).sorted()
  }

  /// Without the poses that are rather similar to a better one, unless another known person is where they are: a box round
  /// somebody hidden often gets the pose of who is in front.
  private func single(_ candidates: [Int], of poses: [Pose], known: [Pose]) -> [Int] {
    var kept: [Int] = []
    for candidate in candidates {
      let repeats = kept.contains { other in
        isAlike(poses[other], poses[candidate], above: options.repeatOKS)
          && nearest(poses[other], of: known) == nearest(poses[candidate], of: known)
      }
      if !repeats { kept.append(candidate) }
    }
    return kept
  }

  private func isAlike(_ a: Pose, _ b: Pose, above threshold: Double) -> Bool {
    a.box.intersection(b.box) > 0 && oks.similarity(a, b, threshold: options.keypointScore) > threshold
  }

  private func nearest(_ pose: Pose, of known: [Pose]) -> Int? {
    var best: (place: Int, similarity: Double)?
    for (place, other) in known.enumerated() where other.box.intersection(pose.box) > 0 {
      let similarity = oks.similarity(other, pose, threshold: nil)
      if similarity >= best?.similarity ?? 0 { best = (place, similarity) }
    }
    return best?.place
  }
}

extension Pose {
  fileprivate var isFinite: Bool {
    score.isFinite && box.x.isFinite && box.y.isFinite && box.area.isFinite
      && keypoints.allSatisfy { $0.map { $0.point.x.isFinite && $0.point.y.isFinite && !$0.score.isNaN } ?? true }
  }
}
