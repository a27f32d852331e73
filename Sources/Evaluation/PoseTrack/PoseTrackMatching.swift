internal import Foundation
internal import Pose

/// Which joints of which poses are right, as `assignGTmulti` of poseval decides.
struct PoseTrackMatching {
  /// For each prediction and labelled person the distance of each joint in head sizes; infinite where one lacks it.
  private let distances: [[[Double]]]
  private let frame: PoseTrackFrame

  /// Joints nearer than this are right.
  static let threshold = 0.5

  init(_ frame: PoseTrackFrame) {
    self.frame = frame
    distances = frame.predictions.map { prediction in
      frame.truths.map { truth in
        zip(prediction.joints, truth.joints).map { found, expected in
          guard let found, let expected else { return .infinity }
          return hypot(found.point.x - expected.point.x, found.point.y - expected.point.y) / truth.headSize
        }
      }
    }
  }

  /// For every predicted joint of that kind its score and whether it is right.
  ///
  /// Each prediction keeps the person of whom it has the largest share of joints right, each person then takes the best
  /// prediction that kept it; joints of other predictions are wrong.
  func labels(joint: Int) -> [(score: Double, isRight: Bool)] {
    frame.predictions.indices.compactMap { prediction in
      guard let found = frame.predictions[prediction].joints[joint] else { return nil }
      let isRight = person(of: prediction).map { distances[prediction][$0][joint] <= Self.threshold } ?? false
      return (found.score, isRight)
    }
  }

  /// The predictions and people of that joint for its CLEAR MOT; similarity is 1 − distance. A frame in which either
  /// side has nobody counts as one miss and one false alarm.
  func identities(joint: Int) -> IdentityFrame {
    guard !frame.predictions.isEmpty, !frame.truths.isEmpty else {
      return IdentityFrame(truths: [0], predictions: [0], similarity: [[0]])
    }
    let truths = frame.truths.indices.filter { frame.truths[$0].joints[joint] != nil }
    let predictions = frame.predictions.indices.filter { frame.predictions[$0].joints[joint] != nil }
    return IdentityFrame(
      truths: truths.map { frame.truths[$0].trackID }, predictions: predictions.map { frame.predictions[$0].trackID },
      similarity: truths.map { truth in
        predictions.map { prediction in
          let distance = distances[prediction][truth][joint]
          return distance <= Self.threshold ? 1 - distance : 0
        }
      })
  }

  private func person(of prediction: Int) -> Int? {
    guard let kept = kept(by: prediction) else { return nil }
    let best = frame.predictions.indices
      .filter { self.kept(by: $0)?.person == kept.person }
      .min { (-(self.kept(by: $0)?.share ?? 0), $0) < (-(self.kept(by: $1)?.share ?? 0), $1) }
    return best == prediction ? kept.person : nil
  }

  /// The person of whom a prediction has most right, and the share; nil where it has nothing right of anybody.
  private func kept(by prediction: Int) -> (person: Int, share: Double)? {
    var best: (person: Int, share: Double)?
    for (index, truth) in frame.truths.enumerated() {
      let right = Double(distances[prediction][index].count { $0 <= Self.threshold })
      let share = right / Double(max(1, truth.joints.count { $0 != nil }))
      if share > best?.share ?? 0 { best = (index, share) }
    }
    return best
  }
}
