internal import Foundation
internal import Pose

/// Which joints of which poses are right, as `assignGTmulti` of poseval decides.
struct PoseTrackMatching {
  /// A predicted joint near a labelled one.
  private struct Hit {
    var truth: Int
    var prediction: Int
    /// In head sizes.
    var distance: Double
  }

  private let frame: PoseTrackFrame
  /// For each joint, in the order of the labelled people, then of the predictions.
  private let hits: [[Hit]]
  /// The person that each prediction stands for; nil where another stands for it, or nothing is right.
  private let person: [Int?]

  /// Joints nearer than this are right.
  static let threshold = 0.5

  init(_ frame: PoseTrackFrame) {
    self.frame = frame
    let hits = PoseTrackFrame.jointNames.indices.map { Self.hits(frame, joint: $0) }
    self.hits = hits
    person = Self.people(frame, hits)
  }

  private static func hits(_ frame: PoseTrackFrame, joint: Int) -> [Hit] {
    let found = frame.predictions.indices.filter { frame.predictions[$0].joints[joint] != nil }
    let points = found.map { Box(around: frame.predictions[$0].joints[joint].map { [$0.point] } ?? []) }
    let labelled = frame.truths.indices.filter { frame.truths[$0].joints[joint] != nil }
    let reach = labelled.reduce(0) { $0 + frame.truths[$1].headSize } / Double(max(1, labelled.count))
    let grid = BoxGrid(points.compactMap(\.self), side: reach)
    return labelled.flatMap { truth -> [Hit] in
      guard let expected = frame.truths[truth].joints[joint]?.point else { return [] }
      // A little more than the threshold, as sizes are rounded.
      let radius = frame.truths[truth].headSize * threshold * 1.001
      let around = Box(x: expected.x - radius, y: expected.y - radius, width: 2 * radius, height: 2 * radius)
      return grid.near(around).compactMap { place in
        guard let point = frame.predictions[found[place]].joints[joint]?.point else { return nil }
        let distance = hypot(point.x - expected.x, point.y - expected.y) / frame.truths[truth].headSize
        return distance <= threshold ? Hit(truth: truth, prediction: found[place], distance: distance) : nil
      }
    }
  }

  /// Each prediction keeps the person of whom it has the largest share of joints right, the first of several; each person
  /// then takes the prediction with the largest share that kept it, the first of several.
  private static func people(_ frame: PoseTrackFrame, _ hits: [[Hit]]) -> [Int?] {
    var right = frame.predictions.map { _ in [Int: Int]() }
    for hit in hits.joined() { right[hit.prediction][hit.truth, default: 0] += 1 }
    let kept = right.map { counts in
      counts.map { truth, count in
        (truth: truth, share: Double(count) / Double(max(1, frame.truths[truth].joints.count { $0 != nil })))
      }.min { (-$0.share, $0.truth) < (-$1.share, $1.truth) }
    }
    var taken = [Int?](repeating: nil, count: frame.truths.count)
    for (prediction, best) in kept.enumerated() {
      guard let best else { continue }
      if let other = taken[best.truth], let share = kept[other]?.share, share >= best.share { continue }
      taken[best.truth] = prediction
    }
    return kept.enumerated().map { prediction, best in
      best.flatMap { taken[$0.truth] == prediction ? $0.truth : nil }
    }
  }

  /// For every predicted joint of that kind its score and whether it is right: those of poses that stand for nobody are
  /// wrong.
  func labels(joint: Int) -> [(score: Double, isRight: Bool)] {
    var isRight = [Bool](repeating: false, count: frame.predictions.count)
    for hit in hits[joint] where person[hit.prediction] == hit.truth { isRight[hit.prediction] = true }
    return frame.predictions.indices.compactMap { prediction in
      frame.predictions[prediction].joints[joint].map { ($0.score, isRight[prediction]) }
    }
  }

  /// The predictions and people of that joint for its CLEAR MOT; similarity is 1 − distance. A frame in which either
  /// side has nobody counts as one miss and one false alarm.
  func identities(joint: Int) -> IdentityFrame {
    guard !frame.predictions.isEmpty, !frame.truths.isEmpty else {
      return IdentityFrame(truths: [0], predictions: [0], pairs: [])
    }
    var (truths, predictions): ([Int], [Int]) = ([], [])
    var truthPlace = [Int?](repeating: nil, count: frame.truths.count)
    var predictionPlace = [Int?](repeating: nil, count: frame.predictions.count)
    for (index, truth) in frame.truths.enumerated() where truth.joints[joint] != nil {
      truthPlace[index] = truths.count
      truths.append(truth.trackID ?? -1)
    }
    for (index, prediction) in frame.predictions.enumerated() where prediction.joints[joint] != nil {
      predictionPlace[index] = predictions.count
      predictions.append(prediction.trackID ?? -1)
    }
    let pairs = hits[joint].compactMap { hit -> IdentityFrame.Pair? in
      guard let truth = truthPlace[hit.truth], let prediction = predictionPlace[hit.prediction] else { return nil }
      return .init(truth: truth, prediction: prediction, similarity: 1 - hit.distance)
    }
    return IdentityFrame(truths: truths, predictions: predictions, pairs: pairs)
  }
}
