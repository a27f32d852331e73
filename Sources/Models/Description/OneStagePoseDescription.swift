/// What a pose network expects that finds boxes and keypoints of all people of a frame in one go, and what its output means: as
/// Ultralytics exports YOLOv8-pose and its kin, one 1 × (5 + 3 · keypoints) × cells output of centre, size and score of a person, and
/// place and score of every keypoint, in pixels of the input.
package struct OneStagePoseDescription: Hashable, Sendable {
  package var inputWidth: Int
  package var inputHeight: Int
  package var pixels: PixelFormat
  package var letterbox: DetectorDescription.Letterbox
  /// The name of the keypoint set, such as `coco17`.
  package var keypointSet: String
  package var scoreThreshold: Double
  /// Of two people whose boxes overlap more, one is dropped.
  package var suppressionThreshold: Double

  /// Ultralytics' own values where nothing else is said.
  package init(
    inputWidth: Int, inputHeight: Int, pixels: PixelFormat = .unit,
    letterbox: DetectorDescription.Letterbox = .centered,
    keypointSet: String, scoreThreshold: Double = 0.25, suppressionThreshold: Double = 0.7
  ) {
    self.inputWidth = inputWidth
    self.inputHeight = inputHeight
    self.pixels = pixels
    self.letterbox = letterbox
    self.keypointSet = keypointSet
    self.scoreThreshold = scoreThreshold
    self.suppressionThreshold = suppressionThreshold
  }

  /// How its boxes alone are used.
  package var detector: DetectorDescription {
    DetectorDescription(
      inputWidth: inputWidth, inputHeight: inputHeight, pixels: pixels, fit: .letterbox(letterbox),
      format: "ultralytics", scoreThreshold: scoreThreshold, suppressionThreshold: suppressionThreshold)
  }
}

extension PixelFormat {
  /// RGB in 0…1.
  package static let unit = PixelFormat(channelOrder: .rgb, mean: [0, 0, 0], std: [1, 1, 1], scale: 1 / 255)
}

extension DetectorDescription.Letterbox {
  package static let centered = DetectorDescription.Letterbox(position: .center)
}

extension OneStagePoseDescription: Codable {
  private enum Keys: String, CodingKey, CaseIterable {
    case kind, letterbox
    case inputSize = "input_size"
    case keypointSet = "keypoint_set"
    case scoreThreshold = "score_threshold"
    case suppressionThreshold = "nms_threshold"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    try container.rejectUnknownKeys(
      Keys.allCases.map(\.rawValue) + PixelFormat.Keys.allCases.map(\.rawValue) + ModelDescription.commonKeys)
    let size = try container.decodeInputSize()
    self.init(
      inputWidth: size.width, inputHeight: size.height, pixels: try PixelFormat(from: container, standard: .unit),
      letterbox: try container.decodeIfPresent(DetectorDescription.Letterbox.self, forKey: .init(Keys.letterbox))
        ?? .centered,
      keypointSet: try container.decode(String.self, forKey: .init(Keys.keypointSet)),
      scoreThreshold: try container.decodeThreshold(Keys.scoreThreshold, default: 0.25),
      suppressionThreshold: try container.decodeThreshold(Keys.suppressionThreshold, default: 0.7))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: DescriptionKey.self)
    try container.encode("one_stage_pose", forKey: .init(Keys.kind))
    try container.encode([inputWidth, inputHeight], forKey: .init(Keys.inputSize))
    try pixels.encode(to: &container)
    try container.encode(letterbox, forKey: .init(Keys.letterbox))
    try container.encode(keypointSet, forKey: .init(Keys.keypointSet))
    try container.encode(scoreThreshold, forKey: .init(Keys.scoreThreshold))
    try container.encode(suppressionThreshold, forKey: .init(Keys.suppressionThreshold))
  }
}
