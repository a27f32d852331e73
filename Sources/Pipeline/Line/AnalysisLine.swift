package import Detection
internal import Estimation
internal import Files
internal import Foundation
internal import Inference
internal import Interchange
internal import Models
internal import Pose
internal import Tracking
internal import Video

/// The networks of a run, loaded once and used for all its videos.
package struct AnalysisLine {
  private let way: Way
  private let version: String
  private let build: [String: String]
  private let model: Provenance.Source
  private let boxSettings: BoxSettings?
  private let poseSettings: PoseSettings
  private let engineSettings: EngineSettings
  private let selection: BoxSelection?
  private let flow: FlowTrackerOptions?
  /// What was taken for granted and the user should know.
  package let notes: [String]

  /// How people are found.
  private enum Way {
    case topDown(BoxSource, TopDownEstimator)
    case bottomUp(any WholePictureEstimator)
    case oneStage(OneStagePoseEstimator)
  }

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

  /// Loads the networks.
  ///
  /// - Parameters:
  ///   - version: That of the program.
  ///   - build: Of what the program was made and where it runs.
  package init(_ request: AnalysisRequest, engine: Engine, version: String, build: [String: String]) throws {
    (self.version, self.build) = (version, build)
    let loaded = try ModelLoader().pose(request.model)
    var batch = request.batch
    switch loaded.description {
    case .pose(let description):
      let estimator = try TopDownEstimator(
        network: engine.network(loaded.graph), description: description,
        skeleton: try Skeleton.required(description.keypointSet, by: loaded.name),
        options: .init(batchSize: batch, flipTest: request.flipTest), name: loaded.name)
      let (source, settings) = try Self.boxes(request, engine: engine)
      (way, boxSettings) = (.topDown(source, estimator), settings)
    case .bottomUp(let description):
      try request.refuseBoxes(loaded.name)
      way = .bottomUp(
        try description.estimator(
          loaded.graph, skeleton: try Skeleton.required(description.keypointSet, by: loaded.name),
          flipTest: request.flipTest, name: loaded.name
        ) { engine.network($0) })
      (boxSettings, batch) = (nil, 1)
    case .oneStagePose(let description):
      try request.refuseBoxes(loaded.name)
      guard !request.flipTest else {
        throw PipelineError(
          .unusable, "\(loaded.name): a one-stage network gives no maps that could be averaged; leave out --flip-test")
      }
      way = .oneStage(
        try OneStagePoseEstimator(
          network: engine.network(loaded.graph), description: description,
          skeleton: try Skeleton.required(description.keypointSet, by: loaded.name), name: loaded.name))
      (boxSettings, batch) = (nil, 1)
    case .detector: preconditionFailure("the loader gives no detector for a pose network")
    }
    model = Provenance.Source(name: loaded.name, sha256: loaded.sha256)
    poseSettings = PoseSettings(
      model: loaded.description, architecture: loaded.architecture, flipTest: request.flipTest, batch: batch)
    engineSettings = engine.settings
    selection = try request.selection.selection()
    flow = request.flow
    notes = if case .topDown(.detector(let detector, _), _) = way, let note = detector.note { [note] } else { [] }
  }

  /// A detector on its backend, and what was taken for granted of it. `scoreThreshold` replaces the model's own.
  package static func detector(
    _ name: String?, scoreThreshold: Double?, selection: SelectionRequest, engine: Engine
  ) throws -> (boxes: any BoxProvider, note: String?) {
    let detector = try loadDetector(name, scoreThreshold: scoreThreshold, selection, engine: engine)
    let boxes = try selection.selection().map { SelectedBoxes(detector.provider, selection: $0) } ?? detector.provider
    return (boxes, detector.note)
  }

  private static func loadDetector(
    _ name: String?, scoreThreshold: Double?, _ selection: SelectionRequest, engine: Engine
  ) throws -> Detector {
    var model = try ModelLoader().detector(name) { try .inferred(from: $0) }
    if let scoreThreshold { model.description.scoreThreshold = scoreThreshold }
    return Detector(
      provider: selection.tiled(
        try model.description.detector(model.graph, name: model.name) { engine.network($0) }),
      description: model.description,
      source: Provenance.Source(name: model.name, sha256: model.sha256),
      note: model.isInferred
        ? "\(model.name): has no description; its shapes were taken to say \(model.description.summary)" : nil)
  }

  private static func boxes(_ request: AnalysisRequest, engine: Engine) throws -> (BoxSource, BoxSettings) {
    switch request.boxes {
    case .detector(let name, let interval):
      let detector = try loadDetector(
        name, scoreThreshold: request.boxThreshold ?? request.flow.map { _ in FlowTrackerOptions.boxScore },
        request.selection, engine: engine)
      let description = detector.description
      return (
        .detector(detector, every: interval),
        BoxSettings(
          origin: .detector, threshold: description.scoreThreshold, detectEvery: interval, detector: description,
          selection: try request.selection.settings())
      )
    case .file(let file, let numbers):
      return (
        .file(file, numbers: numbers),
        BoxSettings(
          origin: .file, file: try FileDigest.sha256(of: file), numbers: numbers, threshold: request.boxThreshold,
          detectEvery: 1, selection: try request.selection.settings())
      )
    case .wholeFrame:
      return (.wholeFrame, BoxSettings(origin: .wholeFrame, threshold: request.boxThreshold, detectEvery: 1))
    }
  }

  /// Where a part of a video may begin: at multiples of so many frames. From there on poses depend on nothing before, unless they
  /// follow people.
  package static let section = FrameGroupRule.section

  /// Throws where the poses of a frame may depend on those of all frames before, so that a video can't be cut into parts.
  package func requireIndependentSections() throws(PipelineError) {
    let option: String
    if flow != nil {
      option = "--tracker flow"
    } else if case .topDown(.detector(_, let interval), _) = way, interval > 1 {
      option = "--detect-every"
    } else {
      return
    }
    throw PipelineError(
      .unusable,
      "with \(option) people are followed through the whole video, which can't be cut; leave out --part-minutes")
  }

  var skeleton: Skeleton {
    switch way {
    case .topDown(_, let estimator): estimator.skeleton
    case .bottomUp(let estimator): estimator.skeleton
    case .oneStage(let estimator): estimator.skeleton
    }
  }

  /// What finds the poses of one video.
  func poses(of video: VideoFacts) throws -> any PoseProvider {
    switch way {
    case .topDown(let source, let estimator):
      TopDownPoses(of: video, boxes: try boxes(source, of: video), estimator: estimator, isFollowed: flow != nil)
    case .bottomUp(let estimator): Self.poses(estimator)
    case .oneStage(let estimator): OneStagePoses(estimator)
    }
  }

  private static func poses(_ estimator: some WholePictureEstimator) -> any PoseProvider { BottomUpPoses(estimator) }

  private func boxes(_ source: BoxSource, of video: VideoFacts) throws -> any BoxProvider {
    switch source {
    case .detector(let detector, let interval):
      let boxes = selected(detector.provider, minimumScore: detector.description.scoreThreshold)
      return interval > 1 ? PropagatedBoxes(detector: boxes, interval: interval) : boxes
    case .file(let file, let numbers):
      return selected(
        try BoxFile(file, for: video, minimumScore: boxSettings?.threshold, numbering: numbers),
        minimumScore: FlowTrackerOptions.boxScore)
    case .wholeFrame: return WholeFrame()
    }
  }

  /// With those that the flow gives, only the ones that count.
  ///
  /// - Parameter minimumScore: Of boxes that the flow gives.
  private func selected(_ boxes: any BoxProvider, minimumScore: Double) -> any BoxProvider {
    let boxes =
      flow.map {
        FlowBoxes(
          boxes, minimumScore: minimumScore, growth: $0.growth, suppressionThreshold: $0.suppression)
      } ?? boxes
    return selection.map { SelectedBoxes(boxes, selection: $0) } ?? boxes
  }

  func settings(
    input: VideoReaderOptions, suppression: PoseSuppression? = nil, identities: LinkSettings?, overlay: OverlaySettings?
  ) -> RunSettings {
    var poseSettings = poseSettings
    poseSettings.suppression = suppression
    return RunSettings(
      input: input, boxes: boxSettings, poses: poseSettings, engine: engineSettings, identities: identities,
      overlay: overlay)
  }

  /// The areas by which poses are measured; nil takes those of their boxes.
  func areas(of poses: [Pose]) -> [Double]? {
    guard case .topDown(_, let estimator) = way else { return nil }
    return poses.map { estimator.seenArea(of: $0.box) }
  }

  /// Where the results of a run on `source` come from.
  func provenance(of source: URL, _ info: VideoInfo, settings: RunSettings) throws -> Provenance {
    var detectorSource: Provenance.Source?
    if case .topDown(.detector(let detector, _), _) = way { detectorSource = detector.source }
    let video = Provenance.Source(name: source.lastPathComponent, sha256: try FileDigest.sha256(ofSource: source))
    return Provenance(
      version: version, video: video, model: model, detector: detectorSource, width: info.width, height: info.height,
      settings: try .encoding(settings), build: build)
  }

  /// What the results of a run on `source` say of themselves.
  func header(of source: URL, _ provenance: Provenance) -> RecordingHeader {
    RecordingHeader(name: OutputNames.plainStem(of: source), skeleton: skeleton, provenance: provenance)
  }
}
