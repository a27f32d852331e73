private import Foundation
package import Inference

/// A network whose use nobody described: what can be told of it, it must tell itself.
package struct UndescribedNetwork: Sendable {
  /// The path of its file.
  package var name: String
  package var graph: Graph
  /// What the exporter wrote into the file.
  package var metadata: [String: String]

  package init(name: String, graph: Graph, metadata: [String: String] = [:]) {
    self.name = name
    self.graph = graph
    self.metadata = metadata
  }

  /// What to say where its use can't be told.
  ///
  /// - Parameter reason: a sentence about this network, put before what to write.
  package func undescribable(_ reason: String = "how to use this network can't be told from the file alone")
    -> ModelError
  {
    let file = ModelDescription.url(beside: URL(filePath: name)).lastPathComponent
    return ModelError(
      .unusable,
      "\(name): \(reason). Write \(file) beside it, for a pose network "
        + #"{"kind": "pose", "input_size": [192, 256], "mean": [123.675, 116.28, 103.53], "std": [58.395, 57.12, 57.375], "#
        + #""channel_order": "rgb", "padding": 1.25, "keypoint_set": "coco17", "codec": {"type": "heatmap"}}, "#
        + #"or for a person detector {"kind": "detector", "input_size": [416, 416], "mean": [0, 0, 0], "std": [1, 1, 1], "#
        + #""channel_order": "bgr", "letterbox": {"position": "top_left", "value": 114}, "format": "yolox", "#
        + #""strides": [8, 16, 32], "class_count": 80, "person_class": 0, "score_threshold": 0.3, "nms_threshold": 0.65}"#
    )
  }
}

extension Graph {
  /// The shapes of the outputs for one picture; nil where they depend on what is in it.
  package func outputShapes(width: Int, height: Int) throws -> [[Int]?] {
    let specialised = try specialised(inputShapes: [[inputs[0].shape[0] ?? 1, 3, height, width]])
    return specialised.graph.outputs.map { specialised.types[$0]?.shape }
  }
}
