package import Imaging
package import Inference
package import Models
package import Pose

/// Poses of all people of a frame in one go: the frame is fitted to the network's input, boxes and keypoints are read from its output,
/// and duplicates suppressed by their boxes (Ultralytics' YOLOv8-pose).
///
/// Not thread safe: one owner runs it.
package final class OneStagePoseEstimator {
  package let skeleton: Skeleton
  private let detector: NeuralDetector
  private let name: String
  private let description: OneStagePoseDescription

  /// People in a frame at most, as in Ultralytics' predictor.
  private static let limit = 300

  /// - Parameter name: what the network is called in messages.
  /// - Throws: `DetectionError` where the network does not take one picture of the described size.
  package init(
    network: Network, description: OneStagePoseDescription, skeleton: Skeleton, name: String = "the pose network"
  ) throws {
    detector = try NeuralDetector(network: network, description: description.detector, name: name)
    self.description = description
    self.skeleton = skeleton
    self.name = name
  }

  /// The best first; boxes and keypoints are clipped to the frame. Throws `DetectionError` where the output has another shape or is
  /// no numbers.
  package func poses(in picture: Picture) throws -> [Pose] {
    guard picture.width > 0, picture.height > 0 else { return [] }
    let input = try detector.input(of: picture)
    return try poses(in: detector.network.run([input.tensor]), input.fit, picture)
  }

  func poses(in outputs: [Tensor], _ fit: FrameFit, _ picture: Picture) throws -> [Pose] {
    let channels = 5 + 3 * skeleton.joints.count
    guard outputs.count == 1, outputs[0].elementType == .float32, outputs[0].shape.count == 3,
      outputs[0].shape.prefix(2) == [1, channels]
    else {
      let shapes = outputs.map { $0.shape.map(String.init).joined(separator: "×") }.joined(separator: ", ")
      throw DetectionError(
        "\(name): gives \(shapes); \(skeleton.joints.count) keypoints of \(skeleton.name) need 1×\(channels)×cells")
    }
    guard try !outputs[0].hasNaN() else { throw DetectionError.noNumbers(in: "", of: name) }
    return outputs[0].withFloats { values in
      let map = LevelMap(values: values, height: 1, width: outputs[0].shape[2])
      let cells = (0..<map.width).filter { Double(map(4, $0)) > description.scoreThreshold && map(4, $0).isFinite }
      let boxes = cells.map { cell in
        ScoredBox(
          fit.frameBox(
            Box(
              centerX: Double(map(0, cell)), centerY: Double(map(1, cell)), width: Double(map(2, cell)),
              height: Double(map(3, cell)))), score: Double(map(4, cell)))
      }
      let real = boxes.indices.filter {
        boxes[$0].box.width > 0 && boxes[$0].box.height > 0 && boxes[$0].box.area.isFinite
      }
      let kept = NonMaximumSuppression.boxes(real.map { boxes[$0] }, threshold: description.suppressionThreshold)
      return kept.prefix(Self.limit).compactMap { index in
        boxes[real[index]].clipped(
          width: picture.width, height: picture.height, smallestSide: NeuralDetector.smallestSide
        ).map { Pose(keypoints: keypoints(map, cells[real[index]], fit, picture), box: $0.box, score: $0.score) }
      }
    }
  }

  private func keypoints(_ map: LevelMap, _ cell: Int, _ fit: FrameFit, _ picture: Picture) -> [Keypoint?] {
    skeleton.joints.indices.map { joint in
      let values = (0..<3).map { Double(map(5 + 3 * joint + $0, cell)) }
      guard values.allSatisfy(\.isFinite) else { return nil }
      let point = fit.framePoint(x: values[0], y: values[1])
      return Keypoint(
        Point(
          x: min(max(point.x, 0), Double(picture.width)), y: min(max(point.y, 0), Double(picture.height))),
        score: min(max(values[2], 0), 1))
    }
  }
}
