internal import Foundation
internal import Imaging
internal import Inference
internal import Models
internal import Pose
internal import TestSupport
import Testing

@testable internal import Estimation

@Suite struct `The bottom-up estimator` {
  /// A picture, and what mmpose 0.29 makes of given outputs of a network for it.
  struct Example: Decodable, CustomTestStringConvertible {
    var name: String
    var picture: [Int]
    var udp: Bool
    var scales: [Double]
    var flip: Bool
    var testDescription: String { name }
  }

  private static func fixture(_ name: String, _ suffix: String) throws -> URL {
    try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: suffix))
  }

  /// White on the left, so that its mirror image is told from it.
  private func picture(width: Int, height: Int) -> Picture {
    var image = Image(width: width, height: height)
    for y in 0..<height {
      for index in y * width * 3..<(y * width + width / 2) * 3 { image.pixels[index] = 255 }
    }
    return .rgb(image)
  }

  private func estimator(
    _ settings: HeatmapParserSettings, flipTest: Bool = false, network: Network, keypointSet: Skeleton = .crowdPose14
  ) throws -> BottomUpEstimator {
    try BottomUpEstimator(
      network: network,
      description: BottomUpDescription(
        inputWidth: 64, inputHeight: 64, keypointSet: keypointSet.name, codec: .heatmapParser(settings)),
      skeleton: keypointSet, flipTest: flipTest)
  }

  @Test func `resolutions, mirror images and sizes are put together as mmpose 0 does`() throws {
    let file = try TensorFile(Self.fixture("bottom_up", "safetensors"))
    let examples = try JSONDecoder().decode([Example].self, from: Data(contentsOf: Self.fixture("bottom_up", "json")))
    for example in examples {
      let backend = StubBackend { input in
        let (height, width) = (input.shape[2], input.shape[3])
        let middle = height / 2 * width
        let isMirrored = input.withFloats { $0[middle + width / 4] < $0[middle + 3 * width / 4] }
        let prefix = "\(example.name).\(width)x\(height)." + (isMirrored ? "mirrored." : "")
        return (0...1).compactMap { file.tensors["\(prefix)\($0)"] }.map { Tensor(shape: [1] + $0.shape, $0.values) }
      }
      var settings = HeatmapParserSettings(usesUDP: example.udp)
      settings.scaleFactors = example.scales
      let estimator = try estimator(
        settings, flipTest: example.flip, network: backend.network(width: nil, height: nil))
      let maps = try estimator.maps(of: picture(width: example.picture[0], height: example.picture[1]))
      let poses = estimator.poses(in: maps)
      let expected = try file["\(example.name).people"]
      #expect(poses.count == expected.shape[0], "\(example.name)")
      for (index, keypoint) in poses.flatMap(\.keypoints).enumerated() {
        let numbers = expected.values[3 * index..<3 * index + 3].map(Double.init)
        let found = try #require(keypoint)
        #expect(
          abs(found.point.x - numbers[0]) < 0.01 && abs(found.point.y - numbers[1]) < 0.01, "\(example.name) \(index)")
        #expect(abs(found.score - numbers[2]) < 1e-5)
      }
      let scores = try file["\(example.name).scores"].values
      #expect(zip(poses, scores).allSatisfy { abs($0.score - Double($1)) < 1e-5 })
    }
  }

  /// Nothing anywhere.
  private let empty = StubBackend { input in
    let (height, width) = (input.shape[2] / 4, input.shape[3] / 4)
    return [Tensor(shape: [1, 28, height, width], [Float](repeating: 0, count: 28 * height * width))]
  }

  @Test(arguments: [(1, 1), (3, 5), (16, 16), (640, 64), (31, 200)])
  func `pictures of any shape are looked at`(_ width: Int, _ height: Int) throws {
    let estimator = try estimator(HeatmapParserSettings(), network: empty.network(width: nil, height: nil))
    let maps = try estimator.maps(of: picture(width: width, height: height))
    #expect(maps.heatmaps.width % 64 == 0 && maps.heatmaps.height % 64 == 0)
    #expect(min(maps.heatmaps.width, maps.heatmaps.height) == 64)
    #expect(estimator.poses(in: maps).isEmpty)
  }

  @Test func `a picture that is far too narrow is refused with the reason`() throws {
    let estimator = try estimator(HeatmapParserSettings(), network: empty.network(width: nil, height: nil))
    let error = #expect(throws: EstimationError.self) { try estimator.maps(of: picture(width: 4, height: 1000)) }
    #expect(error?.description.contains("4 × 1000 is too narrow") == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [(1, 1), (1, 9), (9, 1)])
  func `UDP needs two pixels a side`(_ width: Int, _ height: Int) throws {
    let estimator = try estimator(
      HeatmapParserSettings(usesUDP: true), network: empty.network(width: nil, height: nil))
    let error = #expect(throws: EstimationError.self) { try estimator.maps(of: picture(width: width, height: height)) }
    #expect(error?.description.contains("too small for UDP") == true, "\(error?.description ?? "")")
  }

  @Test func `pictures of many shapes do not keep as many compiled networks`() throws {
    let estimator = try estimator(HeatmapParserSettings(), network: empty.network(width: nil, height: nil))
    func look(_ widths: [Int]) throws -> Int {
      let before = empty.compiledCount
      for width in widths { _ = try estimator.maps(of: picture(width: width, height: 64)) }
      return empty.compiledCount - before
    }
    #expect(try look([64, 128, 64, 128, 64]) == 2)
    #expect(try look([192]) == 1)
    #expect(try look([64, 192]) == 0)
    #expect(try look([128]) == 1)
  }

  @Test func `a network of one size takes pictures of that shape only`() throws {
    let estimator = try estimator(HeatmapParserSettings(), network: empty.network(width: 128, height: 64))
    #expect(throws: Never.self) { try estimator.maps(of: picture(width: 200, height: 100)) }
    let error = #expect(throws: EstimationError.self) { try estimator.maps(of: picture(width: 100, height: 100)) }
    #expect(error?.description.contains("export it with free height and width") == true)
  }

  @Test(arguments: [14, 30])
  func `outputs that are not heatmaps and tags of the keypoint set are refused`(_ channels: Int) throws {
    let backend = StubBackend { _ in
      [Tensor(shape: [1, channels, 8, 8], [Float](repeating: 0, count: channels * 64))]
    }
    let estimator = try estimator(HeatmapParserSettings(), network: backend.network(width: nil, height: nil))
    let error = #expect(throws: EstimationError.self) { try estimator.maps(of: picture(width: 64, height: 64)) }
    #expect(error?.description.contains("14 more maps for the tags") == true, "\(error?.description ?? "")")
  }

  @Test func `outputs that are no numbers are refused`() throws {
    let backend = StubBackend { _ in
      [Tensor(shape: [1, 28, 8, 8], [Float](repeating: .nan, count: 28 * 64))]
    }
    let estimator = try estimator(HeatmapParserSettings(), network: backend.network(width: nil, height: nil))
    let error = #expect(throws: EstimationError.self) { try estimator.maps(of: picture(width: 64, height: 64)) }
    #expect(error?.code == .failed)
  }

  @Test(arguments: [
    HeatmapParserSettings(), HeatmapParserSettings(usesUDP: true),
  ])
  func `a joint alone makes a person with one keypoint and a box around its pixel`(
    _ settings: HeatmapParserSettings
  ) throws {
    let maps = PeopleMaps(
      width: 32, height: 24, people: [.init(tag: 1, joints: [(7, 20, 10)])])
    let poses = try estimator(settings, network: empty.network(width: nil, height: nil)).poses(in: maps)
    #expect(poses.count == 1)
    let found = poses[0].keypoints.compactMap(\.self)
    #expect(found.count == 1 && poses[0].keypoints[7] != nil)
    #expect(poses[0].box.width == 1 && poses[0].box.height == 1)
    #expect(abs(poses[0].box.center.x - found[0].point.x) < 1e-9)
    #expect(abs(poses[0].score - found[0].score / 14) < 1e-6)
  }

  @Test func `a hundred people are kept apart, and no more candidates are taken than the description says`() throws {
    let people = (0..<100).map { index in
      let (x, y) = (20 * (index % 10) + 6, 20 * (index / 10) + 6)
      return PeopleMaps.Person(tag: 3 * Float(index), joints: (0..<14).map { ($0, x + $0 % 4 * 3, y + $0 / 4 * 3) })
    }
    let maps = PeopleMaps(width: 200, height: 200, people: people)
    var settings = HeatmapParserSettings()
    settings.maximumPeople = 200
    let network = empty.network(width: nil, height: nil)
    let poses = try estimator(settings, network: network).poses(in: maps)
    #expect(poses.count == 100)
    for pose in poses {
      let left = pose.keypoints[0]?.point ?? Point(x: 0, y: 0)
      for (joint, keypoint) in pose.keypoints.enumerated() {
        let point = try #require(keypoint).point
        #expect(abs(point.x - left.x - Double(joint % 4 * 3)) < 1 && abs(point.y - left.y - Double(joint / 4 * 3)) < 1)
      }
    }
    let few = try estimator(HeatmapParserSettings(), network: network).poses(in: maps)
    #expect(few.count < 100 && few.allSatisfy { $0.keypoints.count == 14 })
  }

  @Test func `people who reach over the border have the keypoints that are seen`() throws {
    let seen = [(0, 0, 0), (1, 31, 0), (6, 0, 23), (7, 31, 23), (12, 15, 0)]
    let maps = PeopleMaps(width: 32, height: 24, people: [.init(tag: 0.5, joints: seen)])
    for usesUDP in [false, true] {
      let poses = try estimator(
        HeatmapParserSettings(usesUDP: usesUDP), network: empty.network(width: nil, height: nil)
      ).poses(in: maps)
      #expect(poses.count == 1)
      #expect(poses[0].keypoints.indices.filter { poses[0].keypoints[$0] != nil } == [0, 1, 6, 7, 12])
      for (joint, x, y) in seen {
        let point = try #require(poses[0].keypoints[joint]).point
        #expect(abs(point.x - Double(x)) <= 1 && abs(point.y - Double(y)) <= 1)
      }
    }
  }

  @Test func `a search that leaves out squares finds what a search everywhere finds`() throws {
    var random = SeededRandom(seed: 5)
    let (width, height) = (150, 70)
    func maps(_ width: Int, _ height: Int, _ range: ClosedRange<Float>) -> PredictionMaps {
      PredictionMaps(
        channels: 14, height: height, width: width,
        values: (0..<14 * width * height).map { _ in Float.random(in: range, using: &random) })
    }
    let heatmaps = maps(width, height, -0.2...1)
    let tags = TagField(
      [maps(38, 18, -9...9), maps(38, 18, -2...2)], width: width, height: height, alignsCorners: false)
    let all = PeopleMaps(heatmaps: heatmaps, tags: tags, toPicture: .identity)
    for stepCost in [1, 100] as [Float] {
      for wanted in [[0, 0], [4.2, -1], [30, 7]] as [[Float]] {
        // A person with one keypoint, whose tag is what is asked for.
        var keypoints = Array(repeating: MapKeypoint(), count: 14)
        keypoints[13] = MapKeypoint(x: 3, y: 4, score: 1)
        var marked = tags.dimensions
        for dimension in 0..<2 {
          for index in 13 * 38 * 18..<14 * 38 * 18 { marked[dimension].values[index] = wanted[dimension] }
        }
        let field = TagField(marked, width: width, height: height, alignsCorners: false)
        let search = KeypointSearch(
          PeopleMaps(heatmaps: all.heatmaps, tags: field, toPicture: .identity), stepCost: stepCost)
        for (joint, place) in search.missing(of: [MapPerson(keypoints)])[0] {
          var best = (score: -Float.infinity, index: 0)
          for index in 0..<width * height {
            let tag = field.tag(joint, x: index % width, y: index / width)
            let distance = zip(tag, wanted).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
            let score =
              heatmaps.values[joint * width * height + index] - stepCost * distance.rounded(.toNearestOrEven)
            if score > best.score { best = (score, index) }
          }
          #expect(Int(place.x) == best.index % width && Int(place.y) == best.index / width)
        }
      }
    }
  }
}

extension PeopleMaps {
  /// A person to be drawn: a joint, x and y a keypoint.
  fileprivate struct Person {
    var tag: Float
    var joints: [(joint: Int, x: Int, y: Int)]
  }

  /// Pixels for keypoints, with halves beside them, and the tags of the nearest people.
  fileprivate init(width: Int, height: Int, people: [Person]) {
    var heatmaps = PredictionMaps(
      channels: 14, height: height, width: width, values: .init(repeating: 0, count: 14 * width * height))
    var tags = heatmaps
    for (index, person) in people.enumerated() {
      for (joint, x, y) in person.joints {
        for row in max(y - 1, 0)...min(y + 1, height - 1) {
          for column in max(x - 1, 0)...min(x + 1, width - 1) {
            let place = (joint * height + row) * width + column
            let isCenter = row == y && column == x
            heatmaps.values[place] = (isCenter ? 0.9 : 0.4) - Float(index) / 1000
            tags.values[place] = person.tag
          }
        }
      }
    }
    self.init(
      heatmaps: heatmaps, tags: TagField([tags], width: width, height: height, alignsCorners: false),
      toPicture: .identity)
  }
}
