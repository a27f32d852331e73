internal import Inference
internal import Models
internal import Pose

/// Exports that suppress by themselves: mmdeploy's `dets` 1 × K × 5 with corners and score, and `labels` 1 × K where there is more
/// than one class; YOLOv10's and Ultralytics' 1 × K × 6 with corners, score and class.
struct EndToEndFormat: DetectorFormat {
  let name = "end_to_end"
  let isSuppressed = true

  func description(of shapes: DetectorShapes) throws -> DetectorDescription? {
    if shapes.outputs.count == 2, shapes.outputs.allSatisfy({ $0.map { [[5], []].contains($0.dropFirst(2)) } ?? true })
    {
      throw DetectionError(
        "its outputs look like dets and labels of mmdeploy, the format \"\(name)\", which leave open how pictures enter"
      )
    }
    guard let output = shapes.onlyOutput, output.count == 3, output[0] == 1, output[2] == 6, output[1] <= 1000,
      let person = try shapes.personClass(of: shapes.classes?.count ?? 80)
    else { return nil }
    return .ultralytics(
      shapes, format: name, strides: [8, 16, 32], classCount: shapes.classes?.count ?? 80, personClass: person)
  }

  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate] {
    guard let boxes = outputs.first, boxes.elementType == .float32, boxes.shape.count == 3, boxes.shape[0] == 1,
      boxes.shape[2] == 5 && (outputs.count == 1 || outputs[1].count == boxes.shape[1])
        || boxes.shape[2] == 6 && outputs.count == 1
    else {
      throw description.mismatch(outputs, wanted: "1×K×5 and 1×K, or 1×K×6")
    }
    let labels = outputs.count > 1 ? outputs[1].labels : []
    let length = boxes.shape[2]
    return boxes.withFloats { values in
      (0..<boxes.shape[1]).compactMap { index in
        let row = values[index * length..<(index + 1) * length].map(Double.init)
        let label =
          length == 6 ? Int(exactly: row[5].rounded()) ?? -1 : labels.isEmpty ? description.personClass : labels[index]
        guard row[4] > description.scoreThreshold else { return nil }
        return Candidate(
          box: Box(minX: row[0], minY: row[1], maxX: row[2], maxY: row[3]), score: row[4], label: label)
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
