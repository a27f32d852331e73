internal import Estimation
package import Evaluation
internal import Files
internal import Foundation
internal import Imaging
internal import Interchange
internal import Models
internal import Pose
internal import Video

/// The published protocol of a benchmark, run with a network: boxes, poses with flip test, suppression, evaluation.
///
/// What is done is kept picture by picture in the folder of the results, so that a run goes on where it, or another one with
/// the same settings, was interrupted, and several can share the pictures.
package struct Reproduction {
  private let request: ReproductionRequest
  private let way: Way
  private let skeleton: Skeleton
  private let settings: ReproductionSettings
  private let published: [PublishedFigure]
  private let input: (width: Int, height: Int)

  private enum Way {
    case topDown(TopDownEstimator)
    case bottomUp(any WholePictureEstimator)
  }

  /// Loads the network, after looking for the data.
  package init(_ request: ReproductionRequest, engine: Engine) throws {
    self.request = request
    let loaded = try ModelLoader().pose(request.model)
    var boxes: Benchmark.Boxes? = request.boxes ?? request.benchmark.boxes
    switch loaded.description {
    case .pose(let description):
      skeleton = try Skeleton.required(description.keypointSet, by: loaded.name)
      input = (description.inputWidth, description.inputHeight)
      way = .topDown(
        try TopDownEstimator(
          network: engine.network(loaded.graph), description: description, skeleton: skeleton,
          options: .init(batchSize: request.batch, flipTest: true), name: loaded.name))
    case .bottomUp(let description):
      skeleton = try Skeleton.required(description.keypointSet, by: loaded.name)
      input = (description.inputWidth, description.inputHeight)
      way = .bottomUp(
        try description.estimator(loaded.graph, skeleton: skeleton, flipTest: true, name: loaded.name) {
          engine.network($0)
        })
      boxes = nil
    case .oneStagePose, .detector:
      throw PipelineError(.unusable, "\(loaded.name): no published protocol is for networks of this kind")
    }
    try request.check(boxes, keypointSet: skeleton.name)
    published = request.published(boxes)
    settings = ReproductionSettings(
      benchmark: request.benchmark.name, boxes: boxes,
      poses: PoseSettings(
        model: loaded.description, architecture: loaded.architecture, flipTest: true, batch: request.batch),
      suppression: boxes == nil ? nil : PoseSuppression(), engine: engine.settings, modelSHA256: loaded.sha256,
      annotationsSHA256: try FileDigest.sha256(of: request.data.appending(path: request.benchmark.annotations.path)))
  }

  /// Looks at what nobody has looked at yet, and evaluates once that is all.
  package func run(
    interruption: Interruption, onProgress: (Progress) -> Void
  ) throws -> ReproductionOutcome {
    let images = try request.benchmark.people(request.data, settings.boxes, input: input)
    let journal = try ReproductionJournal(
      request.outputs, shard: request.shard, settings: .encoding(settings), overwrites: request.overwrites)
    defer { journal.close() }
    let own = images.indices.filter { $0 % request.shard.count == request.shard.index && !journal.has(images[$0].id) }
    try Self.requireFiles(own.map { images[$0] })
    var meter = ProgressMeter(total: own.count)
    for index in own {
      if interruption.isRequested { return .interrupted(done: journal.count, of: images.count) }
      try journal.append(images[index].id, people(in: images[index]))
      onProgress(meter.step())
    }
    let missing = images.count { !journal.has($0.id) }
    guard missing == 0 else { return .partial(done: images.count - missing, of: images.count) }
    let results = try ReproductionResults(request, skeleton, journal).write(images.map(\.id))
    let report = try request.benchmark.evaluate(request.data, results)
    return .done(PublishedComparison(report.table, published, request.benchmark), report)
  }

  private func people(in image: BenchmarkImage) throws -> [ReproducedPerson] {
    if case .topDown = way, image.boxes.isEmpty { return [] }
    guard let frame = try VideoReader(source: image.file).next() else { throw PipelineError.noFrames(of: image.file) }
    switch way {
    case .bottomUp(let estimator):
      return try estimator.poses(of: frame.picture).map { ReproducedPerson($0) }
    case .topDown(let estimator):
      let poses = try estimator.estimate(frame.picture, boxes: image.boxes)
      // People who are asked for one by one are all kept.
      guard image.boxIDs.isEmpty else {
        return zip(poses, image.boxIDs).map { ReproducedPerson($0, boxID: $1) }
      }
      let areas = image.boxes.map { estimator.seenArea(of: $0.box) }
      return (settings.suppression?(poses, areas: areas, skeleton) ?? poses).map { ReproducedPerson($0) }
    }
  }

  private static func requireFiles(_ images: [BenchmarkImage]) throws {
    let missing = images.filter { !FileManager.default.fileExists(atPath: $0.file.path) }
    guard let first = missing.first else { return }
    throw PipelineError(
      .unusable,
      "\(first.file.relativePath): is missing, as are \(missing.count - 1) more of \(images.count) pictures: bring the whole data "
        + "set, or leave the others out of its annotations")
  }
}

/// Somebody found in a picture.
struct ReproducedPerson {
  var pose: Pose
  /// Of the box, where the protocol calls people by it.
  var boxID: Int?

  init(_ pose: Pose, boxID: Int? = nil) { (self.pose, self.boxID) = (pose, boxID) }
}

/// What decides the results.
struct ReproductionSettings: Hashable, Sendable, Codable {
  var benchmark: String
  /// nil where the network finds people itself.
  var boxes: Benchmark.Boxes?
  var poses: PoseSettings
  var suppression: PoseSuppression?
  var engine: EngineSettings
  var modelSHA256: String
  var annotationsSHA256: String
}

package enum ReproductionOutcome {
  /// Of so many pictures that many are done, and the rest is others' or a later run's.
  case partial(done: Int, of: Int)
  case interrupted(done: Int, of: Int)
  case done(PublishedComparison, EvaluationReport)
}
