package import Architectures
package import Detection
package import Estimation
internal import Files
package import Inference
package import Models
package import Video

/// Everything that decides the results of a run, besides its files: it is written into them as their provenance, and a run
/// is resumed, or taken for done, only where it agrees. Keys are named as the options of the command.
package struct RunSettings: Hashable, Sendable, Codable {
  package var input: VideoReaderOptions
  /// nil where the network finds people itself.
  package var boxes: BoxSettings?
  package var poses: PoseSettings
  package var engine: EngineSettings
  /// nil where poses get no identities.
  package var identities: LinkSettings?
  /// nil where no video is made.
  package var overlay: OverlaySettings?

  /// What the poses of single frames depend on: what a journal must agree on to be continued. Identities count where boxes
  /// follow them.
  func decidingPoses(followed: Bool) -> RunSettings {
    var settings = self
    (settings.input.end, settings.input.maxFrames) = (nil, nil)
    settings.identities = followed ? identities?.identitiesAlone : nil
    settings.overlay = nil
    return settings
  }
}

/// Where boxes come from.
package struct BoxSettings: Hashable, Sendable, Codable {
  package enum Origin: String, Hashable, Sendable, Codable {
    case detector, file
    case wholeFrame = "whole-frame"
  }

  package var origin: Origin
  /// SHA-256 of the file of boxes.
  package var file: String?
  /// What the numbers of images in it stand for, where that was said.
  package var numbers: FrameNumbering?
  /// nil where all boxes count.
  package var threshold: Double?
  package var detectEvery: Int
  package var detector: DetectorDescription?
  /// nil where people are looked for in the whole frame and all boxes count.
  package var selection: SelectionSettings?

  private enum CodingKeys: String, CodingKey {
    case detector, selection
    case origin = "boxes"
    case file = "boxes-file"
    case numbers = "box-numbers"
    case threshold = "box-threshold"
    case detectEvery = "detect-every"
  }
}

/// Where people are looked for and which boxes count.
package struct SelectionSettings: Hashable, Sendable, Codable {
  /// Columns and rows.
  package var tiles: [Int]?
  /// x, y, width, height.
  package var region: [Double]?
  /// SHA-256 of the mask.
  package var ignored: String?
  package var minimumHeight: Double?

  private enum CodingKeys: String, CodingKey {
    case tiles, region
    case ignored = "ignore"
    case minimumHeight = "min-height"
  }
}

/// The pose network and how it is used.
package struct PoseSettings: Hashable, Sendable, Codable {
  package var model: ModelDescription
  /// What built the network; nil where the model's file holds it.
  package var architecture: Architecture?
  package var flipTest: Bool
  package var batch: Int
  /// nil where all poses stay.
  package var suppression: PoseSuppression?

  private enum CodingKeys: String, CodingKey {
    case model, architecture, batch, suppression
    case flipTest = "flip-test"
  }
}

/// What computes the networks.
package struct EngineSettings: Hashable, Sendable, Codable {
  package var backend: String
  package var precision: CompileOptions.Precision
  /// nil where results do not depend on it.
  package var threads: Int?
}
