internal import Inference
internal import Models
internal import Pose

/// Exports that suppress by themselves (mmdeploy): `dets` 1 × K × 5 with corners and score, and `labels` 1 × K where
/// there is more than one class.
struct EndToEndFormat: DetectorFormat {
  static let name = "end_to_end"

  let description: DetectorDescription

  func candidates(_ outputs: [Tensor], width: Int, height: Int) throws -> [ScoredBox] {
    guard let boxes = outputs.first, boxes.elementType == .float32, boxes.shape.count == 3,
      boxes.shape[0] == 1, boxes.shape[2] == 5, outputs.count == 1 || outputs[1].count == boxes.shape[1]
    else {
      throw description.mismatch(outputs, wanted: "1×K×5 and 1×K")
    }
    let labels = outputs.count > 1 ? outputs[1].labels : []
    return boxes.withFloats { values in
      (0..<boxes.shape[1]).compactMap { index in
        guard labels.isEmpty || labels[index] == description.personClass else { return nil }
        let row = values[index * 5..<index * 5 + 5].map(Double.init)
        guard row[4] > description.scoreThreshold else { return nil }
        return ScoredBox(Box(minX: row[0], minY: row[1], maxX: row[2], maxY: row[3]), score: row[4])
      }
    }
  }
}

extension Tensor {
  fileprivate var labels: [Int] {
    switch elementType {
    case .int64: integers.map { Int($0) }
    case .float32: floats.map { Int(exactly: $0.rounded()) ?? -1 }
    }
  }
}
