internal import Foundation
internal import Inference
internal import ModelFiles
internal import TestSupport
import Testing

@Suite struct `Networks from ONNX files` {
  @Test(arguments: [
    "cspnext_m_udp_128x96", "sb_resnetv1d50_128x96", "vitpose_small_128x96", "rtmpose_m_256x192", "sb_res50_256x192",
    "hrnet_w32_256x192",
  ])
  func `imported networks give mmpose's outputs`(name: String) throws {
    let reference = try ReferenceNetwork(name)
    let (model, output) = (try #require(reference.file("onnx")), try #require(reference.file("output")))
    let network = Network(
      try ONNXModel(contentsOf: model).graph, backend: ReferenceBackend(), options: .init(threads: 2))
    let results = try network.run([reference.input()])
    let expected = try SafetensorsFile(contentsOf: output).tensors
    for (value, result) in zip(network.graph.outputs, results) {
      let reference = try #require(try expected[network.graph.values[value].name]?.read())
      #expect(result.shape == reference.shape)
      let largest = reference.floats.map(abs).max() ?? 0
      let difference = zip(result.floats, reference.floats).map { abs($0 - $1) }.max() ?? .infinity
      #expect(
        difference <= 1e-4 * largest, "\(network.graph.values[value].name) differs by \(difference) of \(largest)")
    }
  }
}
