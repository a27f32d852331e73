package import Imaging
package import Inference
package import Models
package import Pose

/// Poses of all people in a picture at once, from a network that writes heatmaps of everybody and tags that say whose a keypoint
/// is.
package final class BottomUpEstimator: WholePictureEstimator {
  package let description: BottomUpDescription
  package let skeleton: Skeleton
  package let flipTest: Bool
  private let pictures: PictureNetwork
  private let method: any GroupingMethod

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
    pictures = try PictureNetwork(network, pixels: description.pixels, name: name)
    if case .associativeEmbedding(let settings) = description.codec {
      if let order = settings.keypointOrder, order.count != skeleton.joints.count {
        throw EstimationError(
          "\(name): \"decode_keypoint_order\" has \(order.count) joints, \(skeleton.name) has \(skeleton.joints.count)")
      }
      try BottomupResize(settings, of: description).check(name)
    }
    guard let method = description.codec.method(description, skeleton) else {
      throw EstimationError("\(name): its description says codec \"\(description.codec.type)\", which knows no tags")
    }
    self.description = description
    self.skeleton = skeleton
    self.flipTest = flipTest
    self.method = method
    network.keptShapes = method.scaleFactors.count + Self.otherShapes
  }

  /// What the network says of a picture.
  package func maps(of picture: Picture) throws -> PeopleMaps {
    let flip = FlipTest(flipIndices: skeleton.flipIndices, shifts: method.shiftsFlippedOutput)
    var looks: [PredictionMaps] = []
    var tags: [PredictionMaps] = []
    for scale in method.scaleFactors {
      let fit = try checkedFit(of: picture, scale: scale)
      let input = try pictures.input(picture, fit)
      let outputs = try read(input)
      var heatmaps = outputs.heatmaps
      var tagMaps = [outputs.tags]
      if flipTest {
        let mirrored = try read(FlipTest.mirrored(input))
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
    try pictures.checked(method.fit(width: picture.width, height: picture.height, scale: scale), of: picture)
  }

  /// The network's outputs: one or more resolutions of heatmaps, in the order of the network, after which those of one have tags.
  private func read(_ input: Tensor) throws -> (heatmaps: [PredictionMaps], tags: PredictionMaps) {
    let joints = skeleton.joints.count
    let expectation =
      "outputs of 1 × \(joints) × height × width are needed, one of them with \(joints) more maps for the tags: its description says "
      + "keypoint set \"\(skeleton.name)\""
    let tensors = try pictures.run(input, expecting: expectation) { [joints, 2 * joints].contains($0) }
    let tags = tensors.filter { $0.shape[1] > joints }
    guard tags.count == 1 else {
      throw EstimationError("\(pictures.name): gives \(tags.count) outputs with tags where \(expectation)")
    }
    return (tensors.map { $0.maps(0..<joints) }, tags[0].maps(joints..<2 * joints))
  }
}

extension Box {
  /// The smallest box around the pixels that points lie in the middle of; nil without points.
  init?(around points: [Point]) {
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let top = points.map(\.y).min(), let bottom = points.map(\.y).max()
    else { return nil }
    self.init(x: left - 0.5, y: top - 0.5, width: right - left + 1, height: bottom - top + 1)
  }
}
