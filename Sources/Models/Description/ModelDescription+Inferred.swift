private import Foundation
public import Inference

extension ModelDescription {
  /// What can be told from a network alone: one N × 3 × H × W picture in and either one N × K × H/4 × W/4 stack of
  /// heatmaps or two vectors a keypoint (SimCC) out, with a K that only one keypoint set in common use has. RGB, ImageNet
  /// mean and deviation, classic crop. Throws `ModelError` with a template of the JSON where that is not so.
  ///
  /// - Parameter name: The model file's path.
  public static func inferred(from graph: Graph, name: String) throws -> ModelDescription {
    guard graph.inputs.count == 1, graph.inputs[0].shape.count == 4, graph.inputs[0].shape[1] ?? 3 == 3,
      let height = graph.inputs[0].shape[2], let width = graph.inputs[0].shape[3],
      let shapes = try? graph.outputShapes(width: width, height: height),
      let joints = shapes.first.flatMap({ $0.count > 2 ? $0[1] : nil }), let keypointSet = keypointSets[joints],
      let codec = codec(shapes, width: width, height: height)
    else {
      throw ModelError(
        .unusable, template(name))
    }
    return .pose(PoseDescription(inputWidth: width, inputHeight: height, keypointSet: keypointSet, codec: codec))
  }

  /// The set that is meant unless another one is named; 14 may be AIC's or CrowdPose's.
  private static let keypointSets = [
    17: "coco17", 133: "wholebody133", 16: "mpii16", 40: "trb40", 26: "halpe26",
  ]

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

  private static func template(_ name: String) -> String {
    let file = url(beside: URL(filePath: name)).lastPathComponent
    return """
      \(name): how to use this network can't be told from the file alone. Write \(file) beside it, for a pose network
        {"kind": "pose", "input_size": [192, 256], "mean": [123.675, 116.28, 103.53], "std": [58.395, 57.12, 57.375],
         "channel_order": "rgb", "padding": 1.25, "keypoint_set": "coco17", "codec": {"type": "heatmap"}}
      or for a person detector
        {"kind": "detector", "input_size": [416, 416], "mean": [0, 0, 0], "std": [1, 1, 1], "channel_order": "bgr",
         "letterbox": {"position": "top_left", "value": 114}, "format": "yolox", "strides": [8, 16, 32],
         "class_count": 80, "person_class": 0, "score_threshold": 0.3, "nms_threshold": 0.65}
      """
  }
}

extension Graph {
  /// The shapes of the outputs for one picture.
  fileprivate func outputShapes(width: Int, height: Int) throws -> [[Int]] {
    let specialised = try specialised(inputShapes: [[inputs[0].shape[0] ?? 1, 3, height, width]])
    return specialised.graph.outputs.compactMap { specialised.types[$0]?.shape }
  }
}
