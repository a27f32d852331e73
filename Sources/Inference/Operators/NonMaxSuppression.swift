extension Operation {
  /// boxes (N, B, 4), scores (N, C, B), max per class, IoU threshold, score threshold → (K, 3) int64.
  public static func nonMaxSuppression(centerPointBox: Bool) -> Operation {
    .plain(PlainOperation(NonMaxSuppression(centerPointBox: centerPointBox)))
  }
}

/// Greedy suppression a class of each image: rows (image, class, box) by falling score. Boxes are corners in any order
/// (y1, x1, y2, x2), or centre and size (x, y, w, h).
private struct NonMaxSuppression: Operator {
  var centerPointBox: Bool

  func outputTypes(_ operands: Operands, outputCount: Int) throws -> [TensorType] {
    let (boxes, scores) = (try operands.floatType(0, "boxes").shape, try operands.floatType(1, "scores").shape)
    guard boxes.count == 3, scores.count == 3, boxes[2] == 4, boxes[0] == scores[0], boxes[1] == scores[2] else {
      throw InferenceError(.invalidGraph, "boxes \(boxes) and scores \(scores) do not fit together")
    }
    throw Operands.DataDependent()
  }

  func work(_ operands: Operands, _ types: [TensorType]) -> Int { .max }

  func evaluate(_ operands: Operands, _ types: [TensorType]) throws -> [Tensor] {
    let (boxes, scores) = (try operands.tensor(0), try operands.tensor(1))
    let limit = Int(saturating: try operands.optionalScalar(2, "max per class") ?? 0)
    let overlap = try operands.optionalScalar(3, "IoU threshold") ?? 0
    let threshold = try operands.optionalScalar(4, "score threshold")
    let (count, classes) = (boxes.shape[1], scores.shape[1])
    let corners = Corners.all(boxes.floats, centerPointBox: centerPointBox)
    let score = scores.floats
    var rows: [Int64] = []
    for image in 0..<boxes.shape[0] {
      for label in 0..<classes {
        let first = (image * classes + label) * count
        let candidates = (0..<count)
          .filter { threshold == nil || score[first + $0] > threshold! }
          .sorted { (score[first + $0], $1) > (score[first + $1], $0) }
        var kept: [Int] = []
        for box in candidates where kept.count < limit {
          let own = corners[image * count + box]
          if kept.allSatisfy({ own.intersectionOverUnion(corners[image * count + $0]) <= overlap }) {
            kept.append(box)
          }
        }
        rows += kept.flatMap { [Int64(image), Int64(label), Int64($0)] }
      }
    }
    return [Tensor(shape: [rows.count / 3, 3], rows)]
  }
}

private struct Corners {
  var left: Float, top: Float, right: Float, bottom: Float

  static func all(_ values: [Float], centerPointBox: Bool) -> [Corners] {
    stride(from: 0, to: values.count, by: 4).map { i in
      let (a, b, c, d) = (values[i], values[i + 1], values[i + 2], values[i + 3])
      return centerPointBox
        ? Corners(left: a - c / 2, top: b - d / 2, right: a + c / 2, bottom: b + d / 2)
        : Corners(left: min(b, d), top: min(a, c), right: max(b, d), bottom: max(a, c))
    }
  }

  var area: Float { (right - left) * (bottom - top) }

  func intersectionOverUnion(_ other: Corners) -> Float {
    let width = min(right, other.right) - max(left, other.left)
    let height = min(bottom, other.bottom) - max(top, other.top)
    guard width > 0, height > 0 else { return 0 }
    return width * height / (area + other.area - width * height)
  }
}
