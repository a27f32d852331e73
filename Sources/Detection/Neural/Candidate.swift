internal import Models
internal import Pose

/// A box that a detector proposes.
struct Candidate: Hashable {
  var box: Box
  var score: Double
  /// The index of its class.
  var label: Int
}

extension [Candidate] {
  /// Candidates of a class that go into suppression at most, best first.
  private static let classLimit = 3000

  /// Without duplicates of the same class, moved to the frame, best first, and not more than the description says.
  ///
  /// - Parameter areAlready: whether the network removed duplicates itself.
  func suppressed(
    by description: DetectorDescription, areAlready: Bool = false, frameBox: (Box) -> Box
  ) -> [Candidate] {
    let real = filter { $0.score.isFinite && $0.box.width > 0 && $0.box.height > 0 && $0.box.area.isFinite }
    let considered = description.candidateLimit.map { [Candidate](real.bestFirst.prefix($0)) } ?? real
    let kept = Dictionary(grouping: considered, by: \.label).sorted { $0.key < $1.key }.flatMap { label, candidates in
      let best =
        candidates.count > Self.classLimit ? [Candidate](candidates.bestFirst.prefix(Self.classLimit)) : candidates
      let boxes = best.map { ScoredBox(frameBox($0.box), score: $0.score) }
      let indices =
        areAlready
        ? [Int](boxes.indices) : NonMaximumSuppression.boxes(boxes, threshold: description.suppressionThreshold)
      return indices.map { Candidate(box: boxes[$0].box, score: boxes[$0].score, label: label) }
    }.bestFirst
    return description.boxLimit.map { [Candidate](kept.prefix($0)) } ?? kept
  }

  func people(_ description: DetectorDescription) -> [ScoredBox] {
    filter { $0.label == description.personClass }.map { ScoredBox($0.box, score: $0.score) }
  }
}
