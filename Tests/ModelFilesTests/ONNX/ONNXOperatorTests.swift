internal import Foundation
internal import Inference
internal import ModelFiles
internal import OneDNNBackend
internal import OpenBLASBackend
internal import TestSupport
import Testing

@Suite struct `ONNX operators` {
  /// Models of one or a few nodes, of several operator sets, with ONNX Runtime's results
  /// (Tools/fixtures/make-onnx-operators.py).
  static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: Fixtures.file("operators").path))?
    .filter { $0.hasSuffix(".onnx") }.map { String($0.dropLast(5)) }.sorted() ?? []

  static func backends() throws -> [any Backend] {
    #if OneDNN
    [ReferenceBackend(), try OpenBLASBackend(), OneDNNBackend()]
    #else
    [ReferenceBackend(), try OpenBLASBackend()]
    #endif
  }

  @Test
  func `there are fixtures`() {
    #expect(Self.names.count > 160)
  }

  @Test(arguments: names)
  func `give what ONNX Runtime gives, on every backend`(name: String) throws {
    let graph = try ONNXModel(contentsOf: Fixtures.file("operators/\(name).onnx")).graph
    let tensors = try TensorFile.read(Fixtures.file("operators/\(name).safetensors"))
    let inputs = try graph.inputs.map { try #require(tensors[graph.values[$0.value].name]) }
    for backend in try Self.backends() {
      let graph = backend.name == "reference" ? graph : try graph.optimised()
      let results = try Network(graph, backend: backend, options: .init(threads: 2)).run(inputs)
      for (value, result) in zip(graph.outputs, results) {
        let expected = try #require(tensors[graph.values[value].name])
        let difference = BackendConformance.difference(result, expected)
        #expect(difference <= 2e-5, "\(graph.values[value].name) on \(backend.name)")
      }
    }
  }
}
