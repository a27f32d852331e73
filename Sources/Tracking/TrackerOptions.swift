internal import Pose

/// How poses are linked from frame to frame.
package struct TrackerOptions: Hashable, Sendable, Codable {
  /// How pairs are chosen: the best pair first, or all pairs of a frame together.
  package enum Linking: String, Sendable, Codable, CaseIterable { case greedy, hungarian }

  /// What makes a pose similar to a track: keypoints, boxes, or both, keypoints counting twice. Poses without keypoints are
  /// compared by their boxes.
  package enum Measure: String, Sendable, Codable, CaseIterable { case oks, iou, blend }

  package var linking: Linking = .hungarian
  package var measure: Measure = .blend
  /// The least similarity, 0…1, of a pose with a track that it continues.
  package var minimumSimilarity: Double = 0.25
  /// The same for poses below `birthScore`, of which many are false.
  package var minimumWeakSimilarity: Double = 0.4
  /// Standard deviations of joints between frames, in those of OKS: people move more than labels do.
  package var spread: Double = 1.5
  /// How much the distance from the prediction, in its own standard deviations, counts beside overlap and keypoints.
  package var motionShare: Double = 0.4
  /// Whether the colours of clothes count, where the poses have them.
  package var usesColours: Bool = true

  /// Keypoints below this score do not count.
  package var keypointScore: Double = 0.2
  /// Poses with fewer counting keypoints start no track, unless they have none at all and are boxes.
  package var minimumKeypoints: Int = 3
  /// Poses below this score start no track, and only continue those of people who have no better one.
  package var birthScore: Double = 0.3
  /// Poses below this score are left out altogether.
  package var continueScore: Double = 0.05
  /// A new track is confirmed in its n-th frame in a row, and has those before it, too. On the first frame of a shot all are
  /// confirmed; where a shot ends before, those whose poses all score ``certainScore`` at least.
  package var confirmAfter: Int = 3

  /// Who scores as much is taken for somebody after fewer frames where there are no more.
  package static let certainScore = 0.5

  /// Seconds that a track may be unseen and yet be taken up again.
  package var maximumGap: Double = 2
  /// How many times better than any other pair of the frame a link must be that neither overlap nor keypoints support.
  package var clarity: Double = 3
  /// Of two poses in a frame that are more similar by OKS than this, the weaker is dropped.
  package var duplicateOKS: Double = 0.85
  /// The same, where no two known people are there.
  package var repeatOKS: Double = 0.5

  /// Every pose is somebody, however weak or alike another: for boxes that people have labelled.
  package var keepsAll: Bool = false

  package init() {}

  /// Whether a pose is enough for somebody new.
  func mayBegin(_ pose: Pose) -> Bool {
    guard !keepsAll else { return true }
    let count = pose.keypoints.count { ($0?.score ?? -1) >= keypointScore }
    return pose.score >= birthScore && (pose.keypoints.isEmpty || count >= minimumKeypoints)
  }

  /// Named as the command's options are, where there is one.
  private enum CodingKeys: String, CodingKey {
    case linking, spread, clarity
    case measure = "link-by"
    case minimumSimilarity = "min-similarity"
    case minimumWeakSimilarity = "min-weak-similarity"
    case motionShare = "motion-share"
    case usesColours = "colors"
    case keypointScore = "keypoint-score"
    case minimumKeypoints = "min-keypoints"
    case birthScore = "min-score"
    case continueScore = "continue-score"
    case confirmAfter = "confirm-after"
    case maximumGap = "max-gap"
    case duplicateOKS = "duplicate-oks"
    case repeatOKS = "repeat-oks"
    case keepsAll = "keep-all"
  }
}
