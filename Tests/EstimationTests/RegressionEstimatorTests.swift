internal import Foundation
internal import Imaging
internal import Inference
internal import Models
internal import Pose
internal import Synchronization
internal import TestSupport
import Testing

@testable internal import Estimation

/// Tools/fixtures/make_dekr_fixtures.py.
@Suite struct `People by their centres` {
  private let file: TensorFile

  init() throws {
    file = try TensorFile(#require(Bundle.module.url(forResource: "Fixtures/dekr", withExtension: "safetensors")))
  }

  private func tensor(_ name: String) throws -> Tensor {
    let stored = try file[name]
    return Tensor(shape: stored.shape, stored.values)
  }

  private static let links = [
    [10, 8], [8, 6], [11, 9], [9, 7], [6, 7], [0, 6], [1, 7], [0, 1], [0, 2], [1, 3], [2, 4], [3, 5], [12, 13],
    [1, 13],
    [0, 13],
  ]

  private static func settings() -> SPRSettings {
    var settings = SPRSettings()
    (settings.nearbyDistance, settings.shiftsFlippedOutput, settings.resizeMode) = (0.05, true, .expand)
    settings.rescoring = .init(links: links, normIndexes: [0, 1])
    return settings
  }

  /// From a picture to heatmaps and displacements and, if wanted, from poses to ratings.
  private static func graph(rates: Bool = true) -> Graph {
    var builder = GraphBuilder()
    let input = builder.input("input", shape: [1, 3, nil, nil])
    for name in ["heatmaps", "displacements"] { builder.output(builder.node(.identity, [input])[0], name: name) }
    if rates {
      let poses = builder.input("poses", shape: [nil, 59])
      builder.output(builder.node(.identity, [poses])[0], name: "ratings")
    }
    return builder.graph
  }

  private func estimator(
    _ settings: SPRSettings = settings(), flipTest: Bool = false, graph: Graph = graph(),
    _ body: @escaping @Sendable (Tensor) throws -> [Tensor]
  ) throws -> RegressionEstimator {
    let backend = StubBackend(body)
    return try RegressionEstimator(
      graph: graph,
      description: BottomUpDescription(
        inputWidth: 128, inputHeight: 128, keypointSet: "crowdpose14", codec: .spr(settings)),
      settings: settings, skeleton: .crowdPose14, flipTest: flipTest
    ) { Network($0, backend: backend, options: CompileOptions(threads: 1)) }
  }

  /// White on the left, so that its mirror image is told from it.
  private let picture: Picture = {
    var image = Image(width: 200, height: 100)
    for y in 0..<100 {
      for index in y * 600..<y * 600 + 300 { image.pixels[index] = 255 }
    }
    return .rgb(image)
  }()

  /// What the fixture has for pictures and their mirror images; `seeing` is given what poses are rated by.
  private func answers(
    seeing: @escaping @Sendable (Tensor) -> Void = { _ in }
  ) throws -> @Sendable (Tensor) throws -> [Tensor] {
    let names = ["heatmaps", "displacements"]
    let (plain, mirrored) = (try names.map(tensor), try names.map { try tensor("mirrored.\($0)") })
    let ratings = try tensor("ratings")
    return { input in
      guard input.shape.count == 4 else {
        seeing(input)
        return [ratings]
      }
      let (middle, width) = (input.shape[2] / 2 * input.shape[3], input.shape[3])
      return input.withFloats { $0[middle + width / 4] < $0[middle + 3 * width / 4] } ? mirrored : plain
    }
  }

  @Test func `are found, rated, and chosen from as mmpose 1 does`() throws {
    let features = Mutex<Tensor?>(nil)
    let estimator = try estimator(flipTest: true, answers { input in features.withLock { $0 = input } })
    let poses = try estimator.poses(in: estimator.maps(of: picture))
    let (keypoints, scores) = (try file["keypoints"], try file["scores"])
    #expect(poses.map(\.keypoints.count) == Array(repeating: 14, count: keypoints.shape[0]))
    for (index, keypoint) in poses.flatMap(\.keypoints).enumerated() {
      let found = try #require(keypoint)
      #expect(abs(found.point.x - Double(keypoints.values[2 * index])) < 0.01)
      #expect(abs(found.point.y - Double(keypoints.values[2 * index + 1])) < 0.01)
      #expect(abs(found.score - Double(scores.values[index])) < 1e-5)
    }
    for (person, pose) in poses.enumerated() {
      let mean = scores.values[person * 14..<(person + 1) * 14].reduce(0) { $0 + Double($1) } / 14
      #expect(abs(pose.score - mean) < 1e-5)
    }
    let seen = try #require(features.withLock { $0 })
    #expect(BackendConformance.difference(seen, try tensor("features")) < 1e-4)
  }

  @Test func `are all kept where near ones are not suppressed, and as many as wanted otherwise`() throws {
    var settings = Self.settings()
    settings.nearbyDistance = 0
    var everybody = try estimator(settings, flipTest: true, answers())
    #expect(try everybody.poses(in: everybody.maps(of: picture)).count == 4)
    settings.maximumInstances = 3
    settings.rescoring = nil
    everybody = try estimator(settings, flipTest: true, graph: Self.graph(rates: false), answers())
    #expect(try everybody.poses(in: everybody.maps(of: picture)).count == 3)
    settings = Self.settings()
    settings.maximumPeople = 2
    let few = try estimator(settings, flipTest: true, answers())
    let all = try estimator(flipTest: true, answers())
    let best = try all.poses(in: all.maps(of: picture)).prefix(2)
    #expect(try few.poses(in: few.maps(of: picture)) == Array(best))
  }

  @Test(arguments: [(1, 1), (7, 3), (640, 64)])
  func `are nobody where no centre is`(_ width: Int, _ height: Int) throws {
    let estimator = try estimator { input in
      let (height, width) = (input.shape[2] / 4, input.shape[3] / 4)
      return [15, 28].map { Tensor(shape: [1, $0, height, width], [Float](repeating: 0, count: $0 * height * width)) }
    }
    let maps = try estimator.maps(of: .rgb(Image(width: width, height: height)))
    #expect(try estimator.poses(in: maps).isEmpty)
  }

  @Test(arguments: [([14, 28], 8), ([15], 8), ([15, 15], 8), ([15, 28], 0)])
  func `need outputs that fit the keypoint set`(_ channels: [Int], _ side: Int) throws {
    let estimator = try estimator { _ in
      channels.map { Tensor(shape: [1, $0, side, side], [Float](repeating: 0, count: $0 * side * side)) }
    }
    let error = #expect(throws: EstimationError.self) { try estimator.maps(of: picture) }
    #expect(error?.description.contains("one output of 1 × 15 × height × width") == true, "\(error?.description ?? "")")
  }

  @Test func `are refused where the outputs are no numbers`() throws {
    let estimator = try estimator { _ in
      [15, 28].map { Tensor(shape: [1, $0, 8, 8], [Float](repeating: .nan, count: $0 * 64)) }
    }
    #expect(throws: EstimationError.self) { try estimator.maps(of: picture) }
  }

  @Test func `can't be rated by a network without ratings, or by joints that there are not`() throws {
    var error = #expect(throws: EstimationError.self) {
      _ = try estimator(graph: Self.graph(rates: false)) { _ in [] }
    }
    #expect(error?.description.contains("no output \"ratings\"") == true)
    var settings = Self.settings()
    settings.rescoring?.links[0] = [0, 14]
    error = #expect(throws: EstimationError.self) { _ = try estimator(settings) { _ in [] } }
    #expect(error?.description.contains("name joints") == true)
  }
}
