extension ReferenceKernels {
  /// Sorted by value; of equal values the lower index comes first. Not-a-number counts as the smallest.
  static func topK(_ x: Tensor, axis: Int, largest: Bool, _ shape: [Int]) -> [Tensor] {
    let (size, count) = (x.shape[axis], shape[axis])
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    var values = [Float](repeating: 0, count: outer * count * inner)
    var indices = [Int64](repeating: 0, count: values.count)
    x.withFloats { x in
      for o in 0..<outer {
        for i in 0..<inner {
          let candidates = (0..<size).map { k in
            let value = x[(o * size + k) * inner + i]
            return (key: value.isNaN ? -Float.infinity : largest ? value : -value, index: k)
          }
          let sorted = candidates.sorted { ($0.key, $1.index) > ($1.key, $0.index) }
          for (k, candidate) in sorted.prefix(count).enumerated() {
            values[(o * count + k) * inner + i] = x[(o * size + candidate.index) * inner + i]
            indices[(o * count + k) * inner + i] = Int64(candidate.index)
          }
        }
      }
    }
    return [Tensor(shape: shape, values), Tensor(shape: shape, indices)]
  }

  /// Greedy suppression a class of each image: rows (image, class, box) by falling score. Boxes are corners in any
  /// order (y1, x1, y2, x2), or centre and size (x, y, w, h).
  static func nonMaxSuppression(_ inputs: [Tensor?], _ operands: Operands, centerPointBox: Bool) throws -> Tensor {
    do {
      _ = try Operation.nonMaxSuppression(centerPointBox: centerPointBox).outputTypes(operands, outputCount: 1)
    } catch is Operands.DataDependent {
      // As always: the inputs fit, how many boxes stay is found below.
    }
    guard let boxes = inputs[0], let scores = inputs[1] else { return Tensor(shape: [0, 3], [Int64]()) }
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
    return Tensor(shape: [rows.count / 3, 3], rows)
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
