/// How poses are linked from frame to frame.
package struct TrackerOptions: Hashable, Sendable, Codable {
  /// How pairs are chosen: the best pair first, or all pairs of a frame together.
  package enum Linking: String, Sendable, Codable, CaseIterable { case greedy, hungarian }

  /// What makes a pose similar to a track: keypoints, boxes, or both, keypoints counting twice.
  package enum Measure: String, Sendable, Codable, CaseIterable { case oks, iou, blend }

  package var linking: Linking = .hungarian
  package var measure: Measure = .blend
  /// The least similarity, 0…1, of a pose with a track that it continues.
  package var minimumSimilarity: Double = 0.15
  /// Standard deviations of joints between frames, in those of OKS: people move more than labels do.
  package var spread: Double = 1.5
  /// Whether the colours of clothes count, where the poses have them.
  package var usesColours: Bool = true

  /// Keypoints below this score do not count.
  package var keypointScore: Double = 0.2
  /// Poses with fewer counting keypoints start no track.
  package var minimumKeypoints: Int = 3
  /// Poses below this score start no track.
  package var birthScore: Double = 0.3
  /// Poses below this score are left out altogether; between it and `birthScore` they can only continue a track.
  package var continueScore: Double = 0.05
  /// A new track of someone in plain view is confirmed at once from this score on, …
  package var confirmScore: Double = 0.4
  /// … otherwise in its n-th frame in a row. On the first frame of a video all are confirmed.
  package var confirmAfter: Int = 3

  /// The number of frames that a track may be unseen and yet be taken up again.
  package var maximumGap: Int = 30
  /// How far people may move beyond what was predicted, in their own heights a second.
  package var reach: Double = 2
  /// Of two poses in a frame that are more similar by OKS than this, the weaker is dropped.
  package var duplicateOKS: Double = 0.85
  /// The same, where no two known people are there.
  package var repeatOKS: Double = 0.5

  /// Every pose is somebody, however weak or alike another: for boxes that people have labelled.
  package var keepsAll: Bool = false

  package init() {}

  /// Named as the command's options are, where there is one.
  private enum CodingKeys: String, CodingKey {
    case linking, spread, reach
    case measure = "link-by"
    case minimumSimilarity = "min-similarity"
    case usesColours = "colors"
    case keypointScore = "keypoint-score"
    case minimumKeypoints = "min-keypoints"
    case birthScore = "min-score"
    case continueScore = "continue-score"
    case confirmScore = "confirm-score"
    case confirmAfter = "confirm-after"
    case maximumGap = "max-gap"
    case duplicateOKS = "duplicate-oks"
    case repeatOKS = "repeat-oks"
    case keepsAll = "keep-all"
  }
}
