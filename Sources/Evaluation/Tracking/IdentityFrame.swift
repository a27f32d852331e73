public import Interchange
internal import Pose

/// Labelled and predicted identities of one frame and how similar they are.
public struct IdentityFrame: Sendable {
  /// The ids of those labelled.
  public var truths: [Int]
  /// The ids predicted.
  public var predictions: [Int]
  /// For each of `truths` the similarity with each of `predictions`, 0…1.
  public var similarity: [[Double]]

  public init(truths: [Int], predictions: [Int], similarity: [[Double]]) {
    self.truths = truths
    self.predictions = predictions
    self.similarity = similarity
  }

  /// The frames that two MOT files have, compared by the IoU of their boxes. Rows of the ground truth with confidence 0
  /// do not count.
  public static func boxes(truth: [MOTRow], predictions: [MOTRow]) -> [IdentityFrame] {
    let expected = Dictionary(grouping: truth.filter { $0.confidence != 0 }, by: \.frame)
    let found = Dictionary(grouping: predictions, by: \.frame)
    return Set(expected.keys).union(found.keys).sorted().map { frame in
      let (truths, predictions) = (expected[frame] ?? [], found[frame] ?? [])
      return IdentityFrame(
        truths: truths.map(\.id), predictions: predictions.map(\.id),
        similarity: truths.map { truth in predictions.map { truth.box.iou($0.box) } })
    }
  }
}
