internal import Inference
internal import Models
internal import Pose

/// A way in which detectors write boxes. A new one is a type of its own, named once in `DetectorFormats.all`.
protocol DetectorFormat: Sendable {
  /// What descriptions call it.
  static var name: String { get }

  init(description: DetectorDescription)

  /// Candidate boxes, in pixels of the input and before suppression, out of a detector's outputs for one picture. Throws
  /// `DetectionError` where the outputs have other shapes.
  func candidates(_ outputs: [Tensor], width: Int, height: Int) throws -> [ScoredBox]
}

/// The formats that detectors may have.
enum DetectorFormats {
  static let all: [any DetectorFormat.Type] = [
    YOLOXFormat.self, RTMDetFormat.self, FastestDetFormat.self, EndToEndFormat.self,
  ]

  /// The reader of the format that `description` names. Throws `DetectionError` with all names where there is none.
  static func reader(for description: DetectorDescription, name: String) throws -> any DetectorFormat {
    guard let format = all.first(where: { $0.name == description.format }) else {
      throw DetectionError(
        "\(name): the format \"\(description.format)\" of its description is not known; known are "
          + all.map { $0.name }.joined(separator: ", "))
    }
    return format.init(description: description)
  }
}

extension DetectorDescription {

  func mismatch(_ outputs: [Tensor], wanted: String) -> DetectionError {
    let shapes = outputs.map { $0.shape.map(String.init).joined(separator: "×") }.joined(separator: ", ")
    return DetectionError(
      "the detector gives \(shapes), its description says format \"\(format)\" with \(classCount) classes "
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
