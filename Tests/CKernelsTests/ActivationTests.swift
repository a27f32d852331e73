internal import CKernels
internal import Inference
internal import TestSupport
import Testing

@Suite struct `Activations` {
  @Test(arguments: [KernelLevel.baseline, .avx2, .avx512], BackendConformance.activations)
  func `are what the reference says, for every number`(_ level: KernelLevel, _ activation: Activation) throws {
    let kernels = try level.kernels()
    // As many as fill vectors, and some.
    let numbers = (0..<603).map { Float($0 - 300) / 11 } + [0, -0.0, 1e-30, -1e-30, 88, -88, 1e10, -1e10]
    var results = numbers
    kernels.planes.map(numbers, &results, numbers.count, 1, 0, CKActivation(activation))
    for (x, y) in zip(numbers, results) {
      let expected = activation(x)
      #expect(abs(y - expected) <= 1e-6 * max(1, abs(expected)), "\(activation)(\(x)) is \(y), not \(expected)")
    }
  }

  @Test(arguments: [KernelLevel.baseline, .avx2, .avx512])
  func `keep what is not a number, and infinity where there is no limit`(_ level: KernelLevel) throws {
    let kernels = try level.kernels()
    for activation in [.relu, .leakyRelu(slope: 0.2), .clip(-1, 1), .sigmoid, .hardSwish, .silu, .tanh] as [Activation]
    {
      let numbers = [Float](repeating: .nan, count: 17)
      var results = [Float](repeating: 0, count: 17)
      kernels.planes.map(numbers, &results, 17, 1, 0, CKActivation(activation))
      #expect(results.allSatisfy { $0.isNaN }, "\(activation)")
    }
    var results = [Float](repeating: 0, count: 17)
    kernels.planes.map([Float](repeating: .infinity, count: 17), &results, 17, 1, 0, CKActivation(.relu))
    #expect(results.allSatisfy { $0 == .infinity })
  }
}
