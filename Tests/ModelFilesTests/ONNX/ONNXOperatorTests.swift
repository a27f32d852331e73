internal import Foundation
internal import Inference
internal import ModelFiles
import Testing

@Suite struct `ONNX operators` {
  /// One-node models of several operator sets, with ONNX Runtime's results (Tools/fixtures/make-onnx-operators.py).
  static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: Fixtures.file("operators").path))?
    .filter { $0.hasSuffix(".onnx") }.map { String($0.dropLast(5)) }.sorted() ?? []

  @Test
  func `there are fixtures`() {
    #expect(Self.names.count > 130)
  }

  @Test(arguments: names)
  func `give what ONNX Runtime gives`(name: String) throws {
    let graph = try ONNXModel(contentsOf: Fixtures.file("operators/\(name).onnx")).graph
    let tensors = try TensorFile.read(Fixtures.file("operators/\(name).safetensors"))
    let inputs = try graph.inputs.map { try #require(tensors[graph.values[$0.value].name]) }
    let results = try Network(graph, backend: ReferenceBackend(), options: .init(threads: 1)).run(inputs)
    for (value, result) in zip(graph.outputs, results) {
      let expected = try #require(tensors[graph.values[value].name])
      #expect(result.shape == expected.shape)
      try #require(result.elementType == expected.elementType)
      if result.elementType == .int64 {
        #expect(result.integers == expected.integers)
      } else {
        let largest = expected.floats.map(abs).max() ?? 0
        #expect(zip(result.floats, expected.floats).allSatisfy { abs($0 - $1) <= 2e-5 * max(largest, 1) })
      }
    }
  }
}
