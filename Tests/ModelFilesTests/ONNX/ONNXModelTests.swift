internal import Foundation
internal import Inference
internal import ModelFiles
internal import TestSupport
import Testing

@Suite struct `ONNX files` {
  @Test(arguments: [
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
  func `real exports are read completely`(path: String, outputs: Int) throws {
    let file = try SharedFiles.file(path)
    let graph = try ONNXModel(contentsOf: file).graph
    #expect(graph.inputs.count == 1)
    #expect(graph.outputs.count == outputs)
    #expect(graph.isWellFormed)
  }

  @Test
  func `many weights stay in the file until they are needed, few are read, and each is the right one`() throws {
    let counts = [5000, 3, 1500, 7000]
    let values = counts.map { count in (0..<count).map { Float(count + $0) } }
    var model = ONNXWriter()
    for (index, numbers) in values.enumerated() {
      model.weights.append(ONNXWriter.weights("w\(index)", [numbers.count], numbers))
      model.nodes.append(
        ONNXWriter.node("Add", [index == 0 ? "x" : "s\(index)", "w\(index)"], [index == 3 ? "y" : "s\(index + 1)"]))
    }
    let constants = try model.model().graph.values.compactMap(\.constant)
    #expect(constants.map(\.floats) == values)
    #expect(constants.map(\.isDeferred) == [true, false, false, true])
  }

  @Test
  func `weights that lie in the file must be as many as their shape says, and all there`() {
    let numbers = [Float](repeating: 1, count: 6000)
    let misshapen = ONNXWriter.single("Add", inputs: ["x", "w"], weights: [ONNXWriter.weights("w", [5999], numbers)])
    let error = #expect(throws: ModelFileError.self) { try misshapen.model() }
    #expect(error?.message.contains("\"w\"") == true)
    let whole = ONNXWriter.single("Add", inputs: ["x", "w"], weights: [ONNXWriter.weights("w", [6000], numbers)]).bytes
    #expect(throws: ModelFileError.self) { try ONNXModel(ByteSource(Array(whole[..<9000]), name: "cut.onnx")) }
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
