package import Imaging
package import Inference
package import Models
package import Pose

/// Poses of people whose boxes are known: each is cut out, goes through the network, and its output is decoded.
///
/// Not thread safe: one owner runs it. Results depend only on the list of people in one call: people go through the
/// network in the order given, in batches of `batchSize` and then of the powers of two that the rest is made of, since
/// a backend may choose other kernels for another batch size. Whoever joins frames to fill batches and wants the same
/// bytes after a restart joins the same frames again.
package final class TopDownEstimator {
  package struct Options: Sendable {
    /// The largest number of people in one run of the network; rounded down to a power of two.
    package var batchSize = 4
    /// Runs the mirrored picture too and averages: slower, a little more accurate.
    package var flipTest = false

    package init(batchSize: Int = 4, flipTest: Bool = false) {
      self.batchSize = batchSize
      self.flipTest = flipTest
    }
  }

  /// A picture and the people to look at in it.
  package struct Request: Sendable {
    package var picture: Picture
    package var boxes: [ScoredBox]

    package init(picture: Picture, boxes: [ScoredBox]) {
      self.picture = picture
      self.boxes = boxes
    }
  }

  package let network: Network
  package let description: PoseDescription
  package let skeleton: Skeleton
  package let options: Options
  let name: String
  let decoder: any KeypointDecoder
  let scaling: PixelScaling

  /// - Parameter name: what the network is called in messages.
  /// - Throws: `EstimationError` where the network does not take one picture of the described size.
  package init(
    network: Network, description: PoseDescription, skeleton: Skeleton, options: Options = Options(),
    name: String = "the pose network"
  ) throws {
    guard let input = network.graph.inputs.first, network.graph.inputs.count == 1, input.shape.count == 4 else {
      throw EstimationError("\(name): must have one input of batch × 3 × height × width")
    }
    let expected = [nil, 3, description.inputHeight, description.inputWidth]
    for (size, wanted) in zip(input.shape, expected) {
      guard let size, let wanted, size != wanted else { continue }
      throw EstimationError(
        "\(name): takes \(input.shape.readable), its description says "
          + "\(description.inputWidth) wide and \(description.inputHeight) high: correct \"input_size\"")
    }
    self.name = name
    self.description = description
    self.skeleton = skeleton
    if let batch = input.shape[0], batch != 1 {
      throw EstimationError("\(name): takes \(batch) pictures at once: export it with a free batch or with 1")
    }
    let free = input.shape[0] == nil || options.batchSize < 2 ? nil : network.graph.withFreeBatch()
    self.network = free.map { Network($0, backend: network.backend, options: network.options) } ?? network
    let takesBatches = self.network.graph.inputs[0].shape[0] == nil
    self.options = Options(
      batchSize: takesBatches ? options.batchSize.largestPowerOfTwo : 1, flipTest: options.flipTest)
    decoder = description.codec.decoder(
      inputWidth: description.inputWidth, inputHeight: description.inputHeight, skeleton: skeleton)
    scaling = PixelScaling(description.pixels)
  }

  /// One pose a box, in the order of the boxes.
  package func estimate(_ picture: Picture, boxes: [ScoredBox]) throws -> [Pose] {
    try estimate([Request(picture: picture, boxes: boxes)])[0]
  }

  /// The poses of several pictures, whose people fill batches together. A box without a positive, finite extent gives a
  /// pose without keypoints.
  package func estimate(_ requests: [Request]) throws -> [[Pose]] {
    var people = requests.indices.flatMap { request in
      requests[request].boxes.map { Person(request: request, box: $0, crop: geometry($0.box)) }
    }
    let visible = people.indices.filter { people[$0].crop != nil }
    var start = 0
    while start < visible.count {
      let count = min(options.batchSize, (visible.count - start).largestPowerOfTwo)
      let batch = visible[start..<start + count]
      let decoded = try run(batch.map { people[$0] }, requests)
      for (index, keypoints) in zip(batch, decoded) {
        people[index].keypoints = keypoints
      }
      start += count
    }
    var poses = [[Pose]](repeating: [], count: requests.count)
    for person in people {
      poses[person.request].append(person.pose(jointCount: skeleton.joints.count))
    }
    return poses
  }

  private func geometry(_ box: Box) -> CropGeometry? {
    CropGeometry(
      box: box, padding: description.padding, inputWidth: description.inputWidth,
      inputHeight: description.inputHeight, usesUDP: description.usesUDPCrop)
  }
}

/// One person on the way through the estimator.
struct Person: Sendable {
  var request: Int
  var box: ScoredBox
  var crop: CropGeometry?
  var keypoints: [DecodedKeypoint?] = []

  /// The pose in the picture. Its score is mmpose's: the mean of the keypoint scores above 0.2 times the box's score.
  func pose(jointCount: Int) -> Pose {
    guard let crop, !keypoints.isEmpty else {
      return Pose(keypoints: .init(repeating: nil, count: jointCount), box: box.box, score: 0)
    }
    let placed = keypoints.map { keypoint in
      keypoint.map { Keypoint(crop.imagePoint($0.point), score: Double($0.score)) }
    }
    let sure = placed.compactMap { $0?.score }.filter { $0 > 0.2 }
    let mean = sure.isEmpty ? 0 : sure.reduce(0, +) / Double(sure.count)
    return Pose(keypoints: placed, box: box.box, score: mean * box.score)
  }
}

extension PixelScaling {
  init(_ pixels: PixelFormat) {
    self.init(
      scale: pixels.scale, mean: pixels.mean, deviation: pixels.std,
      reversesChannels: pixels.channelOrder == .bgr)
  }
}

extension Int {
  /// 1 for numbers below 2.
  fileprivate var largestPowerOfTwo: Int {
    self < 2 ? 1 : 1 << (Int.bitWidth - 1 - leadingZeroBitCount)
  }
}

extension [Int?] {
  fileprivate var readable: String {
    map { $0.map(String.init) ?? "?" }.joined(separator: " × ")
  }
}
