import Evaluation
import Pose
import Testing
import Tracking

@Suite struct `Tracking a crowd` {
  /// Switches as MOTA counts them, over 40 scenes of six seconds, of people of whom a third is seen at least. Where one pose
  /// stands for two people who are in one place, a switch is a matter of taste, so there are always a few.
  @Test(arguments: [(2, true, 8), (2, false, 4), (4, true, 100), (4, false, 45)])
  func `people who hide each other keep their identities`(people: Int, hasColours: Bool, most: Double) throws {
    var (switches, ids) = (0.0, 0)
    for seed in 0..<40 {
      var crowd = Crowd(seed: UInt64(seed), people: people, hasColours: hasColours)
      var evaluation = IdentityEvaluation()
      var used: Set<Int> = []
      let frames = (0..<150).map { crowd.frame(Double($0) / 25) }
      for ((truth, _), found) in zip(frames, identities(frames.map(\.poses), Tracker(skeleton: .coco17))) {
        used.formUnion(found.map(\.trackID))
        evaluation.add(frame(truth.filter { $0.visible > 0.3 }, found))
      }
      switches += try #require(evaluation.table["num_switches"])
      ids += used.count
    }
    #expect(switches <= most)
    #expect(ids <= 40 * people * 12 / 10)
  }

  private func frame(_ truth: [Crowd.Person], _ found: [TrackedPose]) -> IdentityFrame {
    let oks = OKS(.coco17)
    return IdentityFrame(
      truths: truth.map(\.id), predictions: found.map(\.trackID),
      pairs: truth.enumerated().flatMap { row, person in
        found.enumerated().map { column, other in
          .init(
            truth: row, prediction: column,
            similarity: oks.coco(
              truth: person.points, box: person.box, area: person.box.area / 2,
              detection: other.pose.keypoints.compactMap { $0?.point }))
        }
      })
  }
}
