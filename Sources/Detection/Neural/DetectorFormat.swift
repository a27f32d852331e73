internal import Architectures
internal import Inference
internal import Pose

/// Reads candidate boxes, in pixels of the input and before suppression, out of a detector's outputs for one picture.
protocol DetectorFormat: Sendable {
  func candidates(_ outputs: [Tensor], width: Int, height: Int) throws -> [ScoredBox]
}

extension DetectorDescription {
  var reader: any DetectorFormat {
    switch format {
    case .yolox: YOLOXFormat(description: self)
    case .rtmdet: RTMDetFormat(description: self)
    case .fastestdet: FastestDetFormat(description: self)
    case .endToEnd: EndToEndFormat(description: self)
    }
  }

  func mismatch(_ outputs: [Tensor], wanted: String) -> DetectionError {
    let shapes = outputs.map { $0.shape.map(String.init).joined(separator: "×") }.joined(separator: ", ")
    return DetectionError(
      "the detector gives \(shapes), its description says format \"\(format.rawValue)\" with \(classCount) classes "
        + "and strides \(strides), which needs \(wanted)")
  }
}

/// Levels of maps in an output: `channels` × `height` × `width` for one picture.
struct LevelMap {
  let values: UnsafeBufferPointer<Float>
  let height: Int
  let width: Int

  /// The value of one channel at cell `cell`, counted row by row.
  func callAsFunction(_ channel: Int, _ cell: Int) -> Float { values[channel * height * width + cell] }
}

extension Tensor {
  /// Whether this is 1 × `channels` × H × W of floats.
  func isMap(channels: Int, height: Int, width: Int) -> Bool {
    elementType == .float32 && shape == [1, channels, height, width]
  }

  func withLevel<R>(_ body: (LevelMap) throws -> R) rethrows -> R {
    try withFloats { try body(LevelMap(values: $0, height: shape[2], width: shape[3])) }
  }
}

extension Box {
  init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.init(x: minX, y: minY, width: maxX - minX, height: maxY - minY)
  }

  init(centerX: Double, centerY: Double, width: Double, height: Double) {
    self.init(x: centerX - width / 2, y: centerY - height / 2, width: width, height: height)
  }
}
