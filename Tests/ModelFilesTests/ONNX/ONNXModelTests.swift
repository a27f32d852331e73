internal import Foundation
internal import Inference
internal import ModelFiles
internal import TestSupport
import Testing

@Suite("ONNX files")
struct ONNXModelTests {
  @Test(
    "real exports are read completely",
    arguments: [
      ("models/fastestdet-coco-352.onnx", 1),
      ("models/rtmdet-nano-person-320.onnx", 3),
      ("models/simplepose-coco17-256x192.onnx", 1),
      ("models/yolox-nano-coco-416.onnx", 1),
      ("models/yolox-nano-person-192.onnx", 1),
      ("reference/networks/cspnext_m_udp_128x96/model.onnx", 1),
      ("reference/networks/hrnet_w32_256x192/model.onnx", 1),
      ("reference/networks/rtmpose_m_256x192/model.onnx", 2),
      ("reference/networks/sb_res50_256x192/model.onnx", 1),
      ("reference/networks/sb_resnetv1d50_128x96/model.onnx", 1),
      ("reference/networks/vitpose_small_128x96/model.onnx", 1),
      ("reference/detectors/rtmdet_nano_320/model.onnx", 6),
      ("reference/detectors/yolox_nano_320/model_concat.onnx", 1),
      ("reference/detectors/yolox_tiny_416/end2end.onnx", 2),
    ])
  func realExports(path: String, outputs: Int) throws {
    guard let file = SharedFiles.file(path) else { return }
    let graph = try ONNXModel(contentsOf: file).graph
    #expect(graph.inputs.count == 1)
    #expect(graph.outputs.count == outputs)
    #expect(graph.isWellFormed)
  }
}

extension Graph {
  /// Every value has one producer, which comes before its users, and names are unique.
  fileprivate var isWellFormed: Bool {
    var known = Set(inputs.map(\.value)).union(values.indices.filter { values[$0].constant != nil })
    for node in nodes {
      guard node.inputs.allSatisfy({ $0 == Node.absent || known.contains($0) }) else { return false }
      for output in node.outputs where !known.insert(output).inserted { return false }
    }
    return outputs.allSatisfy(known.contains) && Set(values.map(\.name)).count == values.count
  }
}
