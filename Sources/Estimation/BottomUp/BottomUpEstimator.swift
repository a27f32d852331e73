package import Imaging
package import Inference
package import Models
package import Pose

/// Poses of all people in a picture at once, from a network that writes heatmaps of everybody and tags that say whose a keypoint
/// is. Pictures are looked at one by one, so what is found in one depends on nothing else.
///
/// Not thread safe: one owner runs it.
package final class BottomUpEstimator {
  package let network: Network
  package let description: BottomUpDescription
  package let skeleton: Skeleton
  package let flipTest: Bool
  private let name: String
  private let method: any GroupingMethod
  private let scaling: PixelScaling

  /// No input has a longer side: pictures that would need one are too narrow to be looked at.
  private static let longestSide = 8192

  /// Shapes of pictures for which the network stays compiled beside the latest: photos come in many, and each takes memory.
  private static let otherShapes = 1

  /// - Parameters:
  ///   - flipTest: Whether mirrored pictures are looked at too, and their maps averaged: slower, more accurate.
  ///   - name: what the network is called in messages.
  /// - Throws: `EstimationError` where the network does not take pictures, or keypoint set and description differ.
  package init(
    network: Network, description: BottomUpDescription, skeleton: Skeleton, flipTest: Bool = false,
    name: String = "the pose network"
  ) throws {
    guard let input = network.graph.inputs.first, network.graph.inputs.count == 1, input.shape.count == 4,
      [nil, 1].contains(input.shape[0]), [nil, 3].contains(input.shape[1])
    else {
      throw EstimationError("\(name): must have one input of 1 × 3 × height × width")
    }
    if case .associativeEmbedding(let settings) = description.codec {
      if let order = settings.keypointOrder, order.count != skeleton.joints.count {
        throw EstimationError(
          "\(name): \"decode_keypoint_order\" has \(order.count) joints, \(skeleton.name) has \(skeleton.joints.count)")
      }
      let sides = [description.inputWidth, description.inputHeight]
      if settings.resizeMode == .fit, sides.contains(where: { !$0.isMultiple(of: settings.sizeFactor) }) {
        throw EstimationError(
          "\(name): \"input_size\" must be multiples of \"size_factor\", \(settings.sizeFactor), with \"resize_mode\" \"fit\""
        )
      }
    }
    self.network = network
    self.description = description
    self.skeleton = skeleton
    self.flipTest = flipTest
    self.name = name
    method = description.codec.method(description, skeleton)
    scaling = PixelScaling(description.pixels)
    network.keptShapes = method.scaleFactors.count + Self.otherShapes
  }

  /// What the network says of a picture.
  package func maps(of picture: Picture) throws -> PeopleMaps {
    let flip = FlipTest(flipIndices: skeleton.flipIndices, shifts: method.shiftsFlippedOutput)
    var looks: [PredictionMaps] = []
    var tags: [PredictionMaps] = []
    for scale in method.scaleFactors {
      let fit = try checkedFit(of: picture, scale: scale)
      let input = try makeInput(picture, fit)
      let outputs = try read(network.run([input]))
      var heatmaps = outputs.heatmaps
      var tagMaps = [outputs.tags]
      if flipTest {
        let mirrored = try read(network.run([FlipTest.mirrored(input)]))
        heatmaps += mirrored.heatmaps.map(flip.turnedBack)
        tagMaps.append(flip.turnedBack(mirrored.tags))
      }
      let base = try method.enlargesToInput ? checkedFit(of: picture, scale: 1) : nil
      let last = outputs.heatmaps[outputs.heatmaps.count - 1]
      looks.append(
        .mean(
          heatmaps, width: base?.width ?? last.width, height: base?.height ?? last.height,
          alignsCorners: method.alignsCorners))
      if scale == 1 || method.scaleFactors.count == 1 { tags = tagMaps }
    }
    let (width, height) = (looks[0].width, looks[0].height)
    let heatmaps = PredictionMaps.mean(looks, width: width, height: height, alignsCorners: method.alignsCorners)
    return PeopleMaps(
      heatmaps: heatmaps,
      tags: TagField(tags, width: width, height: height, alignsCorners: method.alignsCorners),
      toPicture: method.toPicture(width: picture.width, height: picture.height, from: heatmaps))
  }

  /// The people that maps hold, in the order in which they were put together; a box is the smallest around the pixels of the
  /// keypoints.
  package func poses(in maps: PeopleMaps) -> [Pose] {
    method.people(in: maps).compactMap { person in
      let keypoints = person.keypoints.map { keypoint -> Keypoint? in
        let point = maps.toPicture.apply(Point(x: Double(keypoint.x), y: Double(keypoint.y)))
        guard keypoint.score > 0, point.x.isFinite, point.y.isFinite else { return nil }
        return Keypoint(point, score: Double(keypoint.score))
      }
      guard let box = Box(around: keypoints.compactMap(\.?.point)) else { return nil }
      return Pose(keypoints: keypoints, box: box, score: Double(person.score))
    }
  }

  private func checkedFit(of picture: Picture, scale: Double) throws -> PictureFit {
    let fit = method.fit(width: picture.width, height: picture.height, scale: scale)
    guard [fit.affine.a, fit.affine.e].allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw EstimationError(
        "\(name): a picture of \(picture.width) × \(picture.height) is too small for UDP, which needs two pixels a side"
      )
    }
    guard max(fit.width, fit.height) <= Self.longestSide else {
      throw EstimationError(
        "\(name): a picture of \(picture.width) × \(picture.height) is too narrow for a network that looks at whole pictures: it "
          + "would have to be enlarged to \(fit.width) × \(fit.height); cut it first")
    }
    let taken = network.graph.inputs[0].shape
    for (size, wanted) in zip([taken[3], taken[2]], [fit.width, fit.height]) {
      guard let size, size != wanted else { continue }
      throw EstimationError(
        "\(name): takes pictures of one size only, and one of \(picture.width) × \(picture.height) is resized to \(fit.width) × "
          + "\(fit.height): export it with free height and width")
    }
    return fit
  }

  private func makeInput(_ picture: Picture, _ fit: PictureFit) throws -> Tensor {
    let warp = fit.affine
    return try Tensor(shape: [1, 3, fit.height, fit.width]) { (floats: UnsafeMutableBufferPointer<Float>) in
      picture.sample(
        columns: SamplingAxis(start: -warp.c / warp.a, step: 1 / warp.a, count: fit.width),
        rows: SamplingAxis(start: -warp.f / warp.e, step: 1 / warp.e, count: fit.height), border: .zero,
        scaling: scaling, into: floats.baseAddress!, rowStride: fit.width, planeStride: fit.width * fit.height)
    }
  }

  /// The network's outputs, after checking that they are numbers: one or more resolutions of heatmaps, in the order of the network,
  /// after which those of one have tags.
  private func read(_ tensors: [Tensor]) throws -> (heatmaps: [PredictionMaps], tags: PredictionMaps) {
    let joints = skeleton.joints.count
    var heatmaps: [PredictionMaps] = []
    var tags: [PredictionMaps] = []
    for tensor in tensors {
      guard tensor.elementType == .float32, tensor.shape.count == 4, tensor.shape[0] == 1,
        [joints, 2 * joints].contains(tensor.shape[1]), tensor.shape.allSatisfy({ $0 > 0 })
      else {
        throw mismatch("gives \(tensor.shape.map(String.init).joined(separator: " × "))")
      }
      guard try !tensor.hasNonNumbers() else {
        throw EstimationError(
          "\(name): its output holds values that are no numbers (NaN or infinite); take another model, or try --precision f32",
          code: .failed)
      }
      heatmaps.append(tensor.maps(0..<joints))
      if tensor.shape[1] > joints { tags.append(tensor.maps(joints..<2 * joints)) }
    }
    guard tags.count == 1 else { throw mismatch("gives \(tags.count) outputs with tags") }
    return (heatmaps, tags[0])
  }

  private func mismatch(_ what: String) -> EstimationError {
    let joints = skeleton.joints.count
    return EstimationError(
      "\(name): \(what) where outputs of 1 × \(joints) × height × width are needed, one of them with \(joints) more maps for the tags: "
        + "its description says keypoint set \"\(skeleton.name)\"")
  }
}

extension Tensor {
  /// Some of the channels of the only item.
  fileprivate func maps(_ channels: Range<Int>) -> PredictionMaps {
    let size = shape[2] * shape[3]
    return PredictionMaps(
      channels: channels.count, height: shape[2], width: shape[3],
      values: withFloats { Array($0[channels.lowerBound * size..<channels.upperBound * size]) })
  }
}

extension Box {
  /// The smallest box around the pixels that points lie in the middle of; nil without points.
  fileprivate init?(around points: [Point]) {
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let top = points.map(\.y).min(), let bottom = points.map(\.y).max()
    else { return nil }
    self.init(x: left - 0.5, y: top - 0.5, width: right - left + 1, height: bottom - top + 1)
  }
}
