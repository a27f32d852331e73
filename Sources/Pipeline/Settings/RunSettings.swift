public import Architectures
public import Detection
internal import Files
public import Inference
public import Models
public import Video

/// Everything that decides the results of a run, besides its files: it is written into them as their provenance, and a run
/// is resumed, or taken for done, only where it agrees. Keys are named as the options of the command.
public struct RunSettings: Hashable, Sendable, Codable {
  public var input: VideoReaderOptions
  /// nil where the network finds people itself.
  public var boxes: BoxSettings?
  public var poses: PoseSettings
  public var engine: EngineSettings
  /// nil where poses get no identities.
  public var identities: LinkSettings?
  /// nil where no video is made.
  public var overlay: OverlaySettings?

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
public struct BoxSettings: Hashable, Sendable, Codable {
  public enum Origin: String, Hashable, Sendable, Codable {
    case detector, file
    case wholeFrame = "whole-frame"
  }

  public var origin: Origin
  /// SHA-256 of the file of boxes.
  public var file: String?
  /// What the numbers of images in it stand for, where that was said.
  public var numbers: FrameNumbering?
  public var threshold: Double
  public var detectEvery: Int
  public var detector: DetectorDescription?
  /// nil where people are looked for in the whole frame and all boxes count.
  public var selection: SelectionSettings?

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
public struct SelectionSettings: Hashable, Sendable, Codable {
  /// Columns and rows.
  public var tiles: [Int]?
  /// x, y, width, height.
  public var region: [Double]?
  /// SHA-256 of the mask.
  public var ignored: String?
  public var minimumHeight: Double?

  private enum CodingKeys: String, CodingKey {
    case tiles, region
    case ignored = "ignore"
    case minimumHeight = "min-height"
  }
}

/// The pose network and how it is used.
public struct PoseSettings: Hashable, Sendable, Codable {
  public var model: ModelDescription
  /// What built the network; nil where the model's file holds it.
  public var architecture: Architecture?
  public var flipTest: Bool
  public var batch: Int

  private enum CodingKeys: String, CodingKey {
    case model, architecture, batch
    case flipTest = "flip-test"
  }
}

/// What computes the networks.
public struct EngineSettings: Hashable, Sendable, Codable {
  public var backend: String
  public var precision: CompileOptions.Precision
  /// nil where results do not depend on it.
  public var threads: Int?
}
