internal import Imaging
internal import Inference
internal import Models
internal import Pose
import Testing

@testable internal import Estimation

@Suite struct `The top-down estimator` {
  private static let description = PoseDescription(
    inputWidth: 48, inputHeight: 64, pixels: PixelFormat(channelOrder: .rgb, mean: [0, 0, 0], std: [255, 255, 255]),
    padding: 1, keypointSet: "coco17", codec: .heatmapSoftmax())

  /// Every map is the red plane at a quarter of its size, joint 1's the green one, joint 2's the blue one.
  private static func look(_ input: Tensor) throws -> [Tensor] {
    let (height, width) = (input.shape[2], input.shape[3])
    return [
      try Tensor(shape: [input.shape[0], 17, height / 4, width / 4]) { (maps: UnsafeMutableBufferPointer<Float>) in
        input.withFloats { pixels in
          var index = 0
          for item in 0..<input.shape[0] {
            for joint in 0..<17 {
              for y in 0..<height / 4 {
                for x in 0..<width / 4 {
                  let plane = item * 3 + (joint < 3 ? joint : 0)
                  maps[index] = pixels[(plane * height + 4 * y) * width + 4 * x] * 20
                  index += 1
                }
              }
            }
          }
        }
      }
    ]
  }

  /// Black, with a red, a green and a blue blot of 9 × 9 pixels.
  private func picture() -> Picture {
    var image = Image(width: 200, height: 150)
    for (channel, center) in [(0, (60, 50)), (1, (80, 50)), (2, (40, 50))] {
      for y in center.1 - 4...center.1 + 4 {
        for x in center.0 - 4...center.0 + 4 {
          image.pixels[(y * 200 + x) * 3 + channel] = 255
        }
      }
    }
    return .rgb(image)
  }

  private func estimator(
    _ backend: StubBackend = StubBackend(look), batch: Int? = nil, options: TopDownEstimator.Options = .init(),
    description: PoseDescription = description
  ) throws -> TopDownEstimator {
    try TopDownEstimator(
      network: backend.network(batch: batch, width: 48, height: 64), description: description, skeleton: .coco17,
      options: options)
  }

  private let box = ScoredBox(Box(x: 30, y: 10, width: 60, height: 80), score: 0.5)

  @Test func `Keypoints come back in pixels of the picture`() throws {
    let pose = try estimator().estimate(picture(), boxes: [box])[0]
    let places = [(60.0, 50.0), (80, 50), (40, 50), (60, 50)]
    for (joint, place) in places.enumerated() {
      let keypoint = try #require(pose.keypoints[joint])
      #expect(abs(keypoint.point.x - place.0) < 2.5 && abs(keypoint.point.y - place.1) < 2.5, "\(joint): \(keypoint)")
    }
    #expect(pose.box == box.box)
    #expect(pose.keypoints.count == 17)
    #expect(pose.score > 0.4 && pose.score <= 0.5, "the mean keypoint score times the box's")
  }

  @Test func `Results do not depend on how people share batches, and batches are powers of two`() throws {
    let backend = StubBackend(Self.look)
    let estimator = try estimator(backend)
    let boxes = (0..<7).map { ScoredBox(Box(x: 20 + 3 * Double($0), y: 10, width: 60, height: 80), score: 1) }
    let together = try estimator.estimate([
      .init(picture: picture(), boxes: Array(boxes[..<3])), .init(picture: picture(), boxes: []),
      .init(picture: picture(), boxes: Array(boxes[3...])),
    ])
    #expect(together.map(\.count) == [3, 0, 4])
    #expect(backend.batchSizes == [4, 2, 1])
    let alone = try boxes.map { try estimator.estimate(picture(), boxes: [$0])[0] }
    #expect(together.flatMap(\.self) == alone)
  }

  @Test func `A network exported for one picture that keeps pictures apart is run in batches`() throws {
    let backend = StubBackend(Self.look)
    _ = try estimator(backend, batch: 1).estimate(picture(), boxes: [box, box, box])
    #expect(backend.batchSizes == [2, 1])
  }

  @Test func `A network that mixes pictures is run for one at a time`() throws {
    var builder = GraphBuilder()
    let input = builder.input("input", shape: [1, 3, 64, 48])
    let shape = builder.constant(Tensor(shape: [4], [1, -1, 64, 48] as [Int64]))
    builder.output(builder.node(.reshape(allowsZero: false), [input, shape])[0], name: "output")
    let backend = StubBackend(Self.look)
    let network = Network(builder.graph, backend: backend, options: CompileOptions(threads: 1))
    let estimator = try TopDownEstimator(network: network, description: Self.description, skeleton: .coco17)
    _ = try estimator.estimate(picture(), boxes: [box, box])
    #expect(backend.batchSizes == [1, 1])
  }

  @Test func `A flip test turns the picture and the joints of the other side`() throws {
    // Joints 1 and 2 trade places in the mirror, and so must the planes that they read.
    let backend = StubBackend { input in
      let outputs = try Self.look(input)
      return outputs
    }
    let plain = try estimator(backend).estimate(picture(), boxes: [box])[0]
    let flipped = try estimator(backend, options: .init(flipTest: true)).estimate(picture(), boxes: [box])[0]
    #expect(backend.batchSizes == [1, 1, 1])
    // A symmetric joint is where it was; left and right eye, which the stub tells by colour, are averaged.
    let nose = try #require(flipped.keypoints[0])
    let before = try #require(plain.keypoints[0])
    #expect(abs(nose.point.x - before.point.x) < 5)
    let eye = try #require(flipped.keypoints[1])
    #expect(eye.score < 0.75, "half of the probability is where the other eye is")
  }

  @Test(arguments: [
    Box(x: 0, y: 0, width: 0, height: 5), Box(x: .nan, y: 0, width: 5, height: 5),
    Box(x: 1e300, y: 0, width: 1e300, height: 1e300),
  ])
  func `A box without extent gives a pose without keypoints`(_ bad: Box) throws {
    let poses = try estimator().estimate(picture(), boxes: [ScoredBox(bad, score: 1), box])
    #expect(poses.count == 2)
    #expect(poses[0].keypoints == .init(repeating: nil, count: 17))
    #expect(poses[0].score == 0)
    #expect(poses[1].keypoints[0] != nil)
  }

  @Test func `A box far outside the picture is looked at and nobody is found`() throws {
    let far = ScoredBox(Box(x: 1e7, y: -1e7, width: 40, height: 60), score: 1)
    let pose = try estimator().estimate(picture(), boxes: [far])[0]
    #expect(pose.score < 0.3)
  }

  @Test func `Scores above 1 are the network's own, and rank the pose`() throws {
    var description = Self.description
    description.codec = .heatmap
    let pose = try estimator(description: description).estimate(picture(), boxes: [box])[0]
    #expect(pose.keypoints[0]?.score == 20 && pose.score > 1)
  }

  @Test func `A network of another size than described is refused`() throws {
    var description = Self.description
    description.inputWidth = 96
    let error = #expect(throws: EstimationError.self) { try estimator(description: description) }
    #expect(error?.description.contains("input_size") == true)
  }

  @Test func `An output for other joints than the skeleton's is refused`() throws {
    let backend = StubBackend {
      [Tensor(shape: [$0.shape[0], 16, 16, 12], [Float](repeating: 0, count: $0.shape[0] * 16 * 16 * 12))]
    }
    let estimator = try estimator(backend)
    let error = #expect(throws: EstimationError.self) { try estimator.estimate(picture(), boxes: [box]) }
    #expect(error?.description.contains("1 × 16 × 16 × 12") == true)
    #expect(error?.description.contains("coco17") == true)
  }

  @Test(arguments: [Float.nan, .infinity])
  func `A network that gives no numbers is an error, not nobody`(_ value: Float) throws {
    let backend = StubBackend { input in
      var values = [Float](repeating: 0, count: input.shape[0] * 17 * 16 * 12)
      values[100] = value
      return [Tensor(shape: [input.shape[0], 17, 16, 12], values)]
    }
    let error = #expect(throws: EstimationError.self) { try estimator(backend).estimate(picture(), boxes: [box]) }
    #expect(error?.code == .failed)
    #expect(error?.description.hasPrefix("the pose network: its output holds values that are no numbers") == true)
  }
}
