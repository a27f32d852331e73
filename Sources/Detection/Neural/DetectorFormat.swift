internal import Inference
internal import Models
internal import Pose

/// A way in which detectors write boxes. A new one is a value of a type of its own, named once in `DetectorFormats.all`.
protocol DetectorFormat: Sendable {
  /// What descriptions call it.
  var name: String { get }

  /// Whether networks of this format have removed duplicates themselves.
  var isSuppressed: Bool { get }

  /// How a network of this format is used, where its shapes alone say that it is of this format and how pictures enter it;
  /// else nil. Throws `DetectionError` where they do, but the class of people can't be told.
  func description(of shapes: DetectorShapes) throws -> DetectorDescription?

  /// Candidate boxes, in pixels of the input and before suppression, out of a detector's outputs for one picture: at least
  /// those of the `wantedClasses` of the description. Throws `DetectionError` where the outputs have other shapes.
  func candidates(
    _ outputs: [Tensor], _ description: DetectorDescription, width: Int, height: Int
  ) throws -> [Candidate]
}

extension DetectorFormat {
  var isSuppressed: Bool { false }
  func description(of shapes: DetectorShapes) throws -> DetectorDescription? { nil }
}

/// The formats that detectors may have.
enum DetectorFormats {
  static let all: [any DetectorFormat] = [
    YOLOXFormat(), RTMDetFormat(), FastestDetFormat(), EndToEndFormat(), UltralyticsFormat(),
    DistributionFormat.nanoDet, DistributionFormat.nanoDetPlus, DistributionFormat.picoDet, YOLOFastestFormat(),
    YOLOv3Format(),
  ]

  /// What descriptions may call them, and the one of networks in two parts.
  static let names = all.map(\.name) + [RegionDetector.format]

  /// The format that `description` names. Throws `DetectionError` with all names where there is none.
  static func format(of description: DetectorDescription, name: String) throws -> any DetectorFormat {
    guard let format = all.first(where: { $0.name == description.format }) else {
      throw DetectionError(
        "\(name): the format \"\(description.format)\" of its description is not known; known are "
          + names.joined(separator: ", "))
    }
    return format
  }
}

extension DetectorDescription {
  /// The classes whose boxes decide which people are found: all of them where their number is bounded for all together.
  var wantedClasses: Range<Int> {
    candidateLimit == nil && boxLimit == nil ? personClass..<personClass + 1 : 0..<classCount
  }

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
