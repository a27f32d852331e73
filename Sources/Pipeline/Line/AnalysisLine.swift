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
  private let way: Way
  private let version: String
  private let model: Provenance.Source
  private let boxSettings: BoxSettings?
  private let poseSettings: PoseSettings
  private let engineSettings: EngineSettings

  /// How people are found.
  private enum Way {
    case topDown(BoxSource, TopDownEstimator)
    case bottomUp(BottomUpEstimator)
  }

  /// What gives each video its boxes.
  private enum BoxSource {
    case detector(Detector, every: Int)
    case file(URL, numbers: FrameNumbering?)
    case wholeFrame
  }

  /// A detector on its backend, and where it comes from.
  private struct Detector {
    var provider: NeuralDetector
    var source: Provenance.Source
  }

  /// Loads the networks. `version` is that of the program.
  public init(_ request: AnalysisRequest, engine: Engine, version: String) throws {
    self.version = version
    let loaded = try ModelLoader().pose(request.model)
    let network = engine.network(loaded.graph)
    var batch = request.batch
    switch loaded.description {
    case .pose(let description):
      let estimator = try TopDownEstimator(
        network: network, description: description,
        skeleton: try Skeleton.required(description.keypointSet, by: loaded.name),
        options: .init(batchSize: batch, flipTest: request.flipTest), name: loaded.name)
      let (source, settings) = try Self.boxes(request, engine: engine)
      (way, boxSettings) = (.topDown(source, estimator), settings)
    case .bottomUp(let description):
      guard !request.asksForBoxes else {
        throw PipelineError(
          .unusable,
          "\(loaded.name): finds people in whole frames by itself and needs no boxes; leave out --detector, --boxes, "
            + "--whole-frame, --detect-every and --box-threshold, or take another model")
      }
      way = .bottomUp(
        try BottomUpEstimator(
          network: network, description: description,
          skeleton: try Skeleton.required(description.keypointSet, by: loaded.name), flipTest: request.flipTest,
          name: loaded.name))
      (boxSettings, batch) = (nil, 1)
    case .detector: preconditionFailure("the loader gives no detector for a pose network")
    }
    model = Provenance.Source(name: loaded.name, sha256: loaded.sha256)
    poseSettings = PoseSettings(
      model: loaded.description, architecture: loaded.architecture, flipTest: request.flipTest, batch: batch)
    engineSettings = engine.settings
  }

  /// A detector on its backend. `scoreThreshold` replaces the model's own.
  public static func detector(_ name: String?, scoreThreshold: Double?, engine: Engine) throws -> any BoxProvider {
    try loadDetector(name, scoreThreshold: scoreThreshold, engine: engine).provider
  }

  private static func loadDetector(_ name: String?, scoreThreshold: Double?, engine: Engine) throws -> Detector {
    var model = try ModelLoader().detector(name)
    if let scoreThreshold { model.description.scoreThreshold = scoreThreshold }
    return Detector(
      provider: try NeuralDetector(
        network: engine.network(model.graph), description: model.description, name: model.name),
      source: Provenance.Source(name: model.name, sha256: model.sha256))
  }

  private static func boxes(_ request: AnalysisRequest, engine: Engine) throws -> (BoxSource, BoxSettings) {
    switch request.boxes {
    case .detector(let name, let interval):
      let detector = try loadDetector(name, scoreThreshold: request.boxThreshold, engine: engine)
      let description = detector.provider.description
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

  var skeleton: Skeleton {
    switch way {
    case .topDown(_, let estimator): estimator.skeleton
    case .bottomUp(let estimator): estimator.skeleton
    }
  }

  /// What finds the poses of one video.
  func poses(of video: VideoFacts) throws -> any PoseProvider {
    switch way {
    case .topDown(let source, let estimator):
      TopDownPoses(boxes: try boxes(source, of: video), estimator: estimator)
    case .bottomUp(let estimator): BottomUpPoses(estimator)
    }
  }

  private func boxes(_ source: BoxSource, of video: VideoFacts) throws -> any BoxProvider {
    switch source {
    case .detector(let detector, let interval):
      interval > 1 ? PropagatedBoxes(detector: detector.provider, interval: interval) : detector.provider
    case .file(let file, let numbers):
      try BoxFile(file, for: video, minimumScore: boxSettings?.threshold ?? 0, numbering: numbers)
    case .wholeFrame: WholeFrame()
    }
  }

  func settings(input: VideoReaderOptions, identities: LinkSettings?, overlay: OverlaySettings?) -> RunSettings {
    RunSettings(
      input: input, boxes: boxSettings, poses: poseSettings, engine: engineSettings, identities: identities,
      overlay: overlay)
  }

  /// Where the results of a run on `source` come from.
  func provenance(of source: URL, _ info: VideoInfo, settings: RunSettings) throws -> Provenance {
    var detectorSource: Provenance.Source?
    if case .topDown(.detector(let detector, _), _) = way { detectorSource = detector.source }
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
