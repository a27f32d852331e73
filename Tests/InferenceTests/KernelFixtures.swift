internal import Foundation
internal import Inference

/// Inputs and results of single operators as ONNX Runtime computes them (made by Tools/fixtures/make_kernel_fixtures.py).
struct KernelFixture: Decodable {
  var inputs: [StoredTensor?]
  var outputs: [StoredTensor]

  static let all: [String: KernelFixture] = {
    guard let url = Bundle.module.url(forResource: "Fixtures/kernels", withExtension: "json"),
      let data = try? Data(contentsOf: url)
    else { return [:] }
    return (try? JSONDecoder().decode([String: KernelFixture].self, from: data)) ?? [:]
  }()
}

struct StoredTensor: Decodable {
  var shape: [Int]
  var floats: [Float]?
  var integers: [Int64]?

  var tensor: Tensor {
    if let floats { Tensor(shape: shape, floats) } else { Tensor(shape: shape, integers ?? []) }
  }
}
