internal import Foundation
internal import Inference
internal import Pose

/// Where something may be, out of a region proposal network's maps (Ren et al., Faster R-CNN, 2015; mmdetection's `RPNHead`): the best
/// anchors of each level, moved, without duplicates on their level, the best of all levels together.
struct RegionProposals {
  var strides = [4, 8, 16, 32, 64]
  /// Of a level, before suppression.
  var candidates = 1000
  /// Of all levels.
  var limit = 1000
  var suppressionThreshold = 0.7
  /// Boxes that are not wider and higher are dropped.
  var smallestSide: Float = 0

  /// - Parameters:
  ///   - logits: 1 × 3 × H × W a level.
  ///   - deltas: 1 × 12 × H × W a level.
  ///   - size: of the picture in the input, pixels.
  /// - Returns: the best first.
  func proposals(
    logits: [Tensor], deltas: [Tensor], within size: (width: Float, height: Float)
  ) -> [(box: Corners, score: Float)] {
    let levels = zip(strides, zip(logits, deltas)).map { stride, maps in
      level(AnchorGrid(stride: stride), maps.0, maps.1, size)
    }
    let kept = levels.flatMap { level in
      let boxes = level.map { proposal in
        ScoredBox(
          Box(
            minX: Double(proposal.box.x1), minY: Double(proposal.box.y1), maxX: Double(proposal.box.x2),
            maxY: Double(proposal.box.y2)), score: Double(proposal.score))
      }
      return NonMaximumSuppression.boxes(boxes, threshold: suppressionThreshold).map { level[$0] }
    }
    return kept.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
      .prefix(limit).map(\.element)
  }

  private func level(
    _ grid: AnchorGrid, _ logits: Tensor, _ deltas: Tensor, _ size: (width: Float, height: Float)
  ) -> [(box: Corners, score: Float)] {
    let (height, width) = (logits.shape[2], logits.shape[3])
    let perCell = grid.base.count
    let anchors = grid.anchors(width: width, height: height)
    return logits.withLevel { logits in
      deltas.withLevel { deltas in
        func logit(_ anchor: Int) -> Float { logits(anchor % perCell, anchor / perCell) }
        let best = anchors.indices.sorted { (-logit($0), $0) < (-logit($1), $1) }.prefix(candidates)
        return best.compactMap { anchor in
          let (first, cell) = (4 * (anchor % perCell), anchor / perCell)
          let box = BoxDeltas().moved(
            anchors[anchor],
            by: (deltas(first, cell), deltas(first + 1, cell), deltas(first + 2, cell), deltas(first + 3, cell)),
            within: size)
          let isLarge = box.width > smallestSide && box.height > smallestSide
          return isLarge ? (box, Float(logit(anchor).sigmoid)) : nil
        }
      }
    }
  }
}
