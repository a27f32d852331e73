package import Interchange
internal import Pose

/// Labelled and predicted identities of one frame, and which of them are similar.
package struct IdentityFrame: Sendable {
  /// Someone labelled and someone predicted, by their places in the lists.
  package struct Pair: Hashable, Sendable {
    package var truth: Int
    package var prediction: Int
    /// 0…1.
    package var similarity: Double

    package init(truth: Int, prediction: Int, similarity: Double) {
      (self.truth, self.prediction, self.similarity) = (truth, prediction, similarity)
    }
  }

  /// The ids of those labelled.
  package var truths: [Int]
  /// The ids predicted.
  package var predictions: [Int]
  /// In the order of `truths`, then of `predictions`; all others have nothing in common.
  package var pairs: [Pair]

  package init(truths: [Int], predictions: [Int], pairs: [Pair]) {
    self.truths = truths
    self.predictions = predictions
    self.pairs = pairs
  }

  /// The boxes of a frame of two MOT files, compared by IoU. Rows of the ground truth with confidence 0 do not count.
  package init(truth: [MOTRow], predictions: [MOTRow]) {
    let truth = truth.filter { $0.confidence != 0 }
    self.init(
      truths: truth.map(\.id), predictions: predictions.map(\.id), pairs: Self.pairs(truth, predictions))
  }

  /// The boxes that overlap.
  static func pairs(_ truth: [MOTRow], _ predictions: [MOTRow]) -> [Pair] {
    let boxes = predictions.map(\.box)
    let size = boxes.reduce(0) { $0 + max($1.width, $1.height) } / Double(max(1, boxes.count))
    let grid = BoxGrid(boxes, side: size)
    return truth.enumerated().flatMap { index, row in
      grid.near(row.box).compactMap { prediction in
        let similarity = row.box.iou(boxes[prediction])
        return similarity > 0 ? Pair(truth: index, prediction: prediction, similarity: similarity) : nil
      }
    }
  }
}
