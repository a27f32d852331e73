package import Imaging
package import Inference
package import Models
package import Pose

/// Poses of all people in a picture at once, from a network that finds the centres of people and says how far their keypoints lie from
/// them (Geng et al., DEKR, 2021; mmpose 1.x `DEKRHead` and `SPR`).
package final class RegressionEstimator: WholePictureEstimator {
  package let skeleton: Skeleton
  private let settings: SPRSettings
  private let flipTest: Bool
  private let resize: BottomupResize
  private let pictures: PictureNetwork
  private let rating: PoseRating?

  /// Shapes of pictures for which the network stays compiled.
  private static let keptShapes = 2

  /// - Parameters:
  ///   - graph: from a picture to heatmaps and displacements and, where `settings` rescore, from poses to `ratings`.
  ///   - flipTest: Whether mirrored pictures are looked at too, and their maps averaged: slower, more accurate.
  ///   - network: puts a graph on its backend.
  /// - Throws: `EstimationError` where the network does not take pictures, or keypoint set and description differ.
  package init(
    graph: Graph, description: BottomUpDescription, settings: SPRSettings, skeleton: Skeleton, flipTest: Bool = false,
    name: String = "the pose network", network: (Graph) -> Network
  ) throws {
    let names = graph.outputs.map { graph.values[$0].name }
    let trunk = network(graph.part(making: names.filter { $0 != Self.ratings }))
    trunk.keptShapes = Self.keptShapes
    pictures = try PictureNetwork(trunk, pixels: description.pixels, name: name)
    rating = try settings.rescoring.map { rescoring in
      guard names.contains(Self.ratings) else {
        throw EstimationError(
          "\(name): its description says \"rescore\", but the network has no output \"\(Self.ratings)\"; leave \"rescore\" out, or "
            + "describe the network by architecture and checkpoint")
      }
      guard rescoring.links.joined().allSatisfy(skeleton.joints.indices.contains) else {
        throw EstimationError(
          "\(name): the links of \"rescore\" name joints that keypoint set \"\(skeleton.name)\" does not have")
      }
      return PoseRating(network: network(graph.part(making: [Self.ratings])), settings: rescoring)
    }
    resize = BottomupResize(settings, of: description)
    try resize.check(name)
    self.settings = settings
    self.skeleton = skeleton
    self.flipTest = flipTest
  }

  private static let ratings = "ratings"

  package func maps(of picture: Picture) throws -> RegressionMaps {
    let fit = try pictures.checked(resize.fit(width: picture.width, height: picture.height), of: picture)
    let input = try pictures.input(picture, fit)
    var (heatmaps, displacements) = try read(input)
    let stride = Float(fit.width) / Float(heatmaps.width)
    if flipTest {
      let mirrored = try read(FlipTest.mirrored(input))
      let flip = FlipTest(
        flipIndices: skeleton.flipIndices + [skeleton.joints.count], shifts: settings.shiftsFlippedOutput)
      heatmaps = flip.average(heatmaps, mirrored: mirrored.heatmaps, layout: .heatmaps)
      displacements = FlipTest(flipIndices: skeleton.flipIndices, shifts: false)
        .average(displacements, mirrored: mirrored.displacements, layout: Self.displacements)
      // Map pixels of the mirror image lie this much further to the left.
      let shift = (stride - 1) / stride / 2
      for channel in Swift.stride(from: 0, to: displacements.channels, by: 2) {
        let size = displacements.height * displacements.width
        for index in channel * size..<(channel + 1) * size { displacements.values[index] += shift }
      }
    }
    return RegressionMaps(
      heatmaps: heatmaps, displacements: displacements, stride: stride,
      toPicture: resize.toPicture(
        width: picture.width, height: picture.height, mapWidth: heatmaps.width, mapHeight: heatmaps.height))
  }

  private static let displacements = OutputLayout(shape: .maps, channelsPerJoint: 2, mirroredChannel: 0)

  /// The people that maps hold, best first; a box is the smallest around the pixels of the keypoints.
  package func poses(in maps: RegressionMaps) throws -> [Pose] {
    var people = maps.people(settings)
    if let ratings = try rating?.ratings(of: people, stride: maps.stride) {
      for index in people.indices { people[index].centerScore *= ratings[index] }
    }
    let kept = NearbyJoints(settings, joints: skeleton.joints.count)?.kept(of: people) ?? Array(people.indices)
    return kept.compactMap { pose(people[$0], maps.toPicture) }
  }

  private func pose(_ person: RegressedPerson, _ toPicture: Affine) -> Pose? {
    let scores = person.jointScores.map { Double($0 * person.centerScore) }
    let keypoints = zip(person.joints, scores).map { place, score -> Keypoint? in
      let point = toPicture.apply(Point(x: Double(place.x), y: Double(place.y)))
      return point.x.isFinite && point.y.isFinite ? Keypoint(point, score: score) : nil
    }
    guard let box = Box(around: keypoints.compactMap(\.?.point)) else { return nil }
    return Pose(keypoints: keypoints, box: box, score: scores.reduce(0, +) / Double(scores.count))
  }

  private func read(_ input: Tensor) throws -> (heatmaps: PredictionMaps, displacements: PredictionMaps) {
    let joints = skeleton.joints.count
    let expectation =
      "one output of 1 × \(joints + 1) × height × width and one of \(2 * joints) maps of that size are needed: its description says "
      + "keypoint set \"\(skeleton.name)\""
    let tensors = try pictures.run(input, expecting: expectation) { [joints + 1, 2 * joints].contains($0) }
    guard tensors.count == 2, let heatmaps = tensors.first(where: { $0.shape[1] == joints + 1 }),
      let displacements = tensors.first(where: { $0.shape[1] == 2 * joints }),
      heatmaps.shape[2...] == displacements.shape[2...]
    else {
      throw EstimationError("\(pictures.name): gives \(tensors.map(\.shape)) where \(expectation)")
    }
    return (heatmaps.maps(0..<joints + 1), displacements.maps(0..<2 * joints))
  }
}
