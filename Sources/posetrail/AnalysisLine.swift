internal import Detection
internal import Estimation
internal import Files
internal import Foundation
private import Inference
internal import Interchange
private import Models
internal import Pipeline
private import Pose
internal import Video

/// The networks of a run, loaded once and used for all its videos.
struct AnalysisLine {
  private let boxes: BoxOptions
  private let pose: PoseModelOptions
  private let engine: EngineOptions
  private let estimator: TopDownEstimator
  private let detector: NeuralDetector?
  private let provenance: TrackProvenance
  /// Boxes that score less are left out.
  private let boxThreshold: Double

  init(boxes: BoxOptions, pose: PoseModelOptions, engine: EngineOptions) throws {
    self.boxes = boxes
    self.pose = pose
    self.engine = engine
    let backend = try engine.backend.backend
    let model = try ModelLoader().pose(pose.model)
    let skeleton = try Skeleton.required(model.description.keypointSet, by: model.name)
    estimator = try TopDownEstimator(
      network: Network(model.graph, backend: backend, options: engine.compileOptions), description: model.description,
      skeleton: skeleton, options: .init(batchSize: pose.batch, flipTest: pose.flipTest))
    let needsDetector = boxes.boxes == nil && !boxes.wholeFrame
    let found =
      needsDetector
      ? try Self.detector(boxes.detector, scoreThreshold: boxes.boxThreshold, engine: engine) : nil
    detector = found?.provider
    boxThreshold = found?.provider.description.scoreThreshold ?? boxes.boxThreshold ?? 0
    provenance = TrackProvenance(
      version: Posetrail.version, model: .init(name: model.name, sha256: model.sha256), detector: found?.source,
      settings: [:])
  }

  /// A detector on its backend. `scoreThreshold` replaces the model's own.
  static func detector(
    _ name: String?, scoreThreshold: Double?, engine: EngineOptions
  ) throws -> (provider: NeuralDetector, source: Provenance.Source) {
    var model = try ModelLoader().detector(name)
    if let scoreThreshold { model.description.scoreThreshold = scoreThreshold }
    let network = Network(model.graph, backend: try engine.backend.backend, options: engine.compileOptions)
    return (
      try NeuralDetector(network: network, description: model.description, name: model.name),
      Provenance.Source(name: model.name, sha256: model.sha256)
    )
  }

  func trackJob(source: URL, outputs: TrackOutputs, settings: TrackSettings) throws -> TrackJob {
    TrackJob(
      source: source, outputs: outputs, settings: settings, provenance: try described(), estimator: estimator,
      makeBoxes: provider)
  }

  func estimateJob(source: URL, reading: VideoReaderOptions, destination: URL) throws -> EstimateJob {
    EstimateJob(
      source: source, reading: reading, destination: destination, provenance: try described(), estimator: estimator,
      makeBoxes: provider)
  }

  /// The provenance with the options that poses depend on.
  private func described() throws -> TrackProvenance {
    var provenance = provenance
    provenance.settings = [
      "backend": engine.backend.rawValue, "precision": engine.precision.rawValue,
      "threads": "\(engine.compileOptions.threads)", "batch": "\(pose.batch)", "flip-test": "\(pose.flipTest)",
      "boxes": try boxSource, "box-threshold": "\(boxThreshold)",
      "detect-every": "\(boxes.detectEvery)",
    ]
    return provenance
  }

  /// Where boxes come from, so that a run is resumed only with the same ones.
  private var boxSource: String {
    get throws {
      if boxes.wholeFrame { return "whole-frame" }
      return try boxes.boxes.map { "file \(try FileDigest.sha256(of: URL(filePath: $0)))" } ?? "detector"
    }
  }

  /// A provider for one video.
  private func provider(for video: VideoFacts) throws -> any BoxProvider {
    if let detector {
      return boxes.detectEvery > 1 ? PropagatedBoxes(detector: detector, interval: boxes.detectEvery) : detector
    }
    if let file = boxes.boxes {
      return try BoxFile(URL(filePath: file), for: video, minimumScore: boxThreshold)
    }
    return WholeFrame()
  }
}
