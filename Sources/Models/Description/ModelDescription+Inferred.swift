internal import Inference

extension ModelDescription {
  /// What can be told from a network alone: one N × 3 × H × W picture in and either one N × K × H/4 × W/4 stack of
  /// heatmaps or two vectors a keypoint (SimCC) out, with a K that only one keypoint set in common use has. RGB, ImageNet
  /// mean and deviation, classic crop. Or one 1 × (5 + 3 · K) × cells output of Ultralytics. Throws `ModelError` with a template of the JSON where that is not so.
  package static func inferred(from network: UndescribedNetwork) throws -> ModelDescription {
    let graph = network.graph
    if let description = oneStagePose(network) { return .oneStagePose(description) }
    guard graph.inputs.count == 1, graph.inputs[0].shape.count == 4, graph.inputs[0].shape[1] ?? 3 == 3,
      let height = graph.inputs[0].shape[2], let width = graph.inputs[0].shape[3],
      let shapes = try? graph.outputShapes(width: width, height: height).compactMap({ $0 }),
      let joints = shapes.first.flatMap({ $0.count > 2 ? $0[1] : nil }), let keypointSet = keypointSets[joints],
      let codec = codec(shapes, width: width, height: height)
    else {
      throw network.undescribable()
    }
    return .pose(PoseDescription(inputWidth: width, inputHeight: height, keypointSet: keypointSet, codec: codec))
  }

  /// The set that is meant unless another one is named; 14 may be AIC's or CrowdPose's.
  private static let keypointSets = [
    17: "coco17", 133: "wholebody133", 16: "mpii16", 40: "trb40", 26: "halpe26",
  ]

  private static func oneStagePose(_ network: UndescribedNetwork) -> OneStagePoseDescription? {
    let graph = network.graph
    guard graph.inputs.count == 1, graph.inputs[0].shape.count == 4, let height = graph.inputs[0].shape[2],
      let width = graph.inputs[0].shape[3], let shapes = try? graph.outputShapes(width: width, height: height),
      shapes.count == 1, let shape = shapes[0], shape.count == 3, shape[0] == 1, (shape[1] - 5).isMultiple(of: 3),
      let keypointSet = keypointSets[(shape[1] - 5) / 3],
      shape[2] == [8, 16, 32].reduce(0, { $0 + ((width + $1 - 1) / $1) * ((height + $1 - 1) / $1) })
    else { return nil }
    return OneStagePoseDescription(inputWidth: width, inputHeight: height, keypointSet: keypointSet)
  }

  private static func codec(_ shapes: [[Int]], width: Int, height: Int) -> KeypointCodec? {
    switch shapes.count {
    case 1 where shapes[0].count == 4 && shapes[0][2] * 4 == height && shapes[0][3] * 4 == width:
      return .heatmap
    case 2 where shapes.allSatisfy { $0.count == 3 && $0[1] == shapes[0][1] }:
      let ratio = Double(shapes[0][2]) / Double(width)
      return ratio == Double(shapes[1][2]) / Double(height) ? .simcc(splitRatio: ratio, darkSigma: nil) : nil
    default:
      return nil
    }
  }
}
