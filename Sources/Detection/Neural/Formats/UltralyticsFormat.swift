internal import Inference
internal import Models
internal import Pose

/// YOLOv8, YOLO11 and their kin as Ultralytics exports them: one 1 × (4 + classes) × cells output of centre and size in pixels
/// of the input, and a score a class; one class a cell.
struct UltralyticsFormat: DetectorFormat {
  let name = "ultralytics"

  func description(of shapes: DetectorShapes) throws -> DetectorDescription? {
    guard let output = shapes.onlyOutput, output.count == 3, output[0] == 1, output[1] > 4,
      let strides = [[8, 16, 32], [8, 16, 32, 64], [4, 8, 16, 32]].first(where: { shapes.cells($0) == output[2] }),
      let person = try shapes.personClass(of: output[1] - 4)
    else { return nil }
    return .ultralytics(shapes, format: name, strides: strides, classCount: output[1] - 4, personClass: person)
  }

  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate] {
    let channels = 4 + description.classCount
    guard outputs.count == 1, outputs[0].elementType == .float32, outputs[0].shape.count == 3,
      outputs[0].shape.prefix(2) == [1, channels]
    else { throw description.mismatch(outputs, wanted: "1×\(channels)×cells") }
    let count = outputs[0].shape[2]
    return outputs[0].withFloats { values in
      let map = LevelMap(values: values, height: 1, width: count)
      return (0..<count).flatMap { cell in
        description.wantedClasses.compactMap { label -> Candidate? in
          let score = map(4 + label, cell)
          guard Double(score) > description.scoreThreshold,
            (0..<description.classCount).allSatisfy({ map(4 + $0, cell) <= score })
          else { return nil }
          let box = Box(
            centerX: Double(map(0, cell)), centerY: Double(map(1, cell)), width: Double(map(2, cell)),
            height: Double(map(3, cell)))
          return Candidate(box: box, score: Double(score), label: label)
        }
      }
    }
  }
}

extension DetectorDescription {
  /// How Ultralytics brings pictures in, with its thresholds.
  static func ultralytics(
    _ shapes: DetectorShapes, format: String, strides: [Int], classCount: Int, personClass: Int
  ) -> DetectorDescription {
    DetectorDescription(
      inputWidth: shapes.width, inputHeight: shapes.height,
      pixels: PixelFormat(channelOrder: .rgb, mean: [0, 0, 0], std: [1, 1, 1], scale: 1 / 255),
      fit: .letterbox(.init(position: .center)), format: format, strides: strides, classCount: classCount,
      personClass: personClass, scoreThreshold: 0.25, suppressionThreshold: 0.7)
  }
}
