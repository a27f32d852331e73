public import Detection
internal import Estimation
internal import Files
internal import Foundation
internal import Inference
internal import Interchange
internal import Models
internal import Pose
internal import Video

/// The networks of a run, loaded once and used for all its videos.
public struct AnalysisLine {
  private let boxes: BoxSource
  private let estimator: TopDownEstimator
  private let version: String
  private let model: Provenance.Source
  private let boxSettings: BoxSettings
  private let poseSettings: PoseSettings
  private let engineSettings: EngineSettings
  /// What was taken for granted and the user should know.
  public let notes: [String]

  /// What gives each video its boxes.
  private enum BoxSource {
    case detector(Detector, every: Int)
    case file(URL, numbers: FrameNumbering?)
    case wholeFrame
  }

  /// A detector on its backend, and where it comes from.
  private struct Detector {
    var provider: any BoxProvider
    var description: DetectorDescription
    var source: Provenance.Source
    var note: String?
  }

  /// Loads the networks. `version` is that of the program.
  public init(_ request: AnalysisRequest, engine: Engine, version: String) throws {
    self.version = version
    let loaded = try ModelLoader().pose(request.model)
    estimator = try TopDownEstimator(
      network: engine.network(loaded.graph), description: loaded.description,
      skeleton: try Skeleton.required(loaded.description.keypointSet, by: loaded.name),
      options: .init(batchSize: request.batch, flipTest: request.flipTest), name: loaded.name)
    model = Provenance.Source(name: loaded.name, sha256: loaded.sha256)
    poseSettings = PoseSettings(
      model: loaded.description, architecture: loaded.architecture, flipTest: request.flipTest, batch: request.batch)
    engineSettings = engine.settings
    (boxes, boxSettings) = try Self.boxes(request, engine: engine)
    notes = if case .detector(let detector, _) = boxes, let note = detector.note { [note] } else { [] }
  }

  /// A detector on its backend, and what was taken for granted of it. `scoreThreshold` replaces the model's own.
  public static func detector(
    _ name: String?, scoreThreshold: Double?, engine: Engine
  ) throws -> (boxes: any BoxProvider, note: String?) {
    let detector = try loadDetector(name, scoreThreshold: scoreThreshold, engine: engine)
    return (detector.provider, detector.note)
  }

  private static func loadDetector(_ name: String?, scoreThreshold: Double?, engine: Engine) throws -> Detector {
    var model = try ModelLoader().detector(name) { try .inferred(from: $0) }
    if let scoreThreshold { model.description.scoreThreshold = scoreThreshold }
    return Detector(
      provider: try model.description.detector(model.graph, name: model.name) { engine.network($0) },
      description: model.description,
      source: Provenance.Source(name: model.name, sha256: model.sha256),
      note: model.isInferred
        ? "\(model.name): has no description; its shapes were taken to say \(model.description.summary)" : nil)
  }

  private static func boxes(_ request: AnalysisRequest, engine: Engine) throws -> (BoxSource, BoxSettings) {
    switch request.boxes {
    case .detector(let name, let interval):
      let detector = try loadDetector(name, scoreThreshold: request.boxThreshold, engine: engine)
      let description = detector.description
      return (
        .detector(detector, every: interval),
        BoxSettings(
          origin: .detector, threshold: description.scoreThreshold, detectEvery: interval, detector: description)
      )
    case .file(let file, let numbers):
      return (
        .file(file, numbers: numbers),
        BoxSettings(
          origin: .file, file: try FileDigest.sha256(of: file), numbers: numbers, threshold: request.boxThreshold ?? 0,
          detectEvery: 1)
      )
    case .wholeFrame:
      return (.wholeFrame, BoxSettings(origin: .wholeFrame, threshold: request.boxThreshold ?? 0, detectEvery: 1))
    }
  }

  var skeleton: Skeleton { estimator.skeleton }

  /// What finds the poses of one video.
  func poses(of video: VideoFacts) throws -> any PoseProvider {
    let provider: any BoxProvider
    switch boxes {
    case .detector(let detector, let interval):
      provider =
        interval > 1 ? PropagatedBoxes(detector: detector.provider, interval: interval) : detector.provider
    case .file(let file, let numbers):
      provider = try BoxFile(file, for: video, minimumScore: boxSettings.threshold, numbering: numbers)
    case .wholeFrame:
      provider = WholeFrame()
    }
    return TopDownPoses(of: video, boxes: provider, estimator: estimator)
  }

  func settings(input: VideoReaderOptions, identities: LinkSettings?, overlay: OverlaySettings?) -> RunSettings {
    RunSettings(
      input: input, boxes: boxSettings, poses: poseSettings, engine: engineSettings, identities: identities,
      overlay: overlay)
  }

  /// Where the results of a run on `source` come from.
  func provenance(of source: URL, _ info: VideoInfo, settings: RunSettings) throws -> Provenance {
    var detectorSource: Provenance.Source?
    if case .detector(let detector, _) = boxes { detectorSource = detector.source }
    let video = Provenance.Source(name: source.lastPathComponent, sha256: try FileDigest.sha256(ofSource: source))
    return Provenance(
      version: version, video: video, model: model, detector: detectorSource, width: info.width, height: info.height,
      settings: try .encoding(settings))
  }

  /// What the results of a run on `source` say of themselves.
  func header(of source: URL, _ provenance: Provenance) -> RecordingHeader {
    RecordingHeader(name: OutputNames.plainStem(of: source), skeleton: skeleton, provenance: provenance)
  }
}
