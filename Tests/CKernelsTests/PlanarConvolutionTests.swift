internal import CKernels
internal import Inference
internal import TestSupport
import Testing

/// Convolutions of our own from planes, which need no library.
@Suite struct `Convolutions of planes` {
  struct Setting: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var input: [Int]
    var outputs: Int
    var kernel = [3, 3]
    var strides = [1, 1]
    var dilations = [1, 1]
    var padding = [1, 1, 1, 1]
    var activation: Activation?
  }

  private static let settings = [
    Setting(testDescription: "3×3", input: [2, 5, 9, 31], outputs: 11),
    Setting(testDescription: "3×3 of whole vectors", input: [1, 8, 6, 64], outputs: 8, activation: .silu),
    Setting(
      testDescription: "3×3 with strides", input: [1, 3, 31, 101], outputs: 8, strides: [2, 2], activation: .silu),
    Setting(
      testDescription: "5×3 with other strides", input: [3, 4, 17, 23], outputs: 3, kernel: [5, 3], strides: [2, 3],
      dilations: [2, 1], padding: [3, 2, 4, 0], activation: .relu),
    Setting(testDescription: "1×1", input: [2, 7, 3, 19], outputs: 20, kernel: [1, 1], padding: [0, 0, 0, 0]),
    Setting(
      testDescription: "3×9, wider than the image", input: [1, 2, 4, 3], outputs: 5, kernel: [3, 9],
      padding: [1, 4, 1, 4]),
    Setting(
      testDescription: "2×2 far apart", input: [1, 2, 18, 20], outputs: 9, kernel: [2, 2], dilations: [15, 15],
      padding: [0, 0, 0, 0]),
  ]

  @Test(arguments: [KernelLevel.baseline, .avx2, .avx512], settings)
  func `are what the reference computes, on any number of threads`(_ level: KernelLevel, _ setting: Setting) throws {
    let kernels = try level.kernels()
    for isPlain in [false, true] {
      for threads in [1, 3] {
        #expect(try deviation(setting, isPlain: isPlain, kernels, threads: threads) < 2e-5, "\(isPlain), \(threads)")
      }
    }
  }

  /// The largest difference to the reference, relative to the largest result.
  private func deviation(_ setting: Setting, isPlain: Bool, _ kernels: CKKernels, threads: Int) throws -> Float {
    var random = SeededRandom(seed: 5)
    func tensor(_ shape: [Int]) -> Tensor { Tensor(shape: shape, random.floats(shape.reduce(1, *), in: -1...1)) }
    let source = tensor(setting.input)
    let weights = tensor([setting.outputs, setting.input[1]] + setting.kernel)
    let bias = tensor([setting.outputs])
    var parameters = Convolution()
    (parameters.strides, parameters.dilations) = (setting.strides, setting.dilations)
    (parameters.padding, parameters.activation) = (setting.padding, setting.activation)
    let expected = try ReferenceKernels.evaluate(.convolution(parameters), [source, weights, bias])[0]
    let shape = expected.shape
    let problem = CKConvolution(
      images: shape[0], inputs: setting.input[1], outputs: shape[1], height: setting.input[2],
      width: setting.input[3], resultHeight: shape[2], resultWidth: shape[3],
      kernel: (setting.kernel[0], setting.kernel[1]), strides: (setting.strides[0], setting.strides[1]),
      dilations: (setting.dilations[0], setting.dilations[1]), top: setting.padding[0], left: setting.padding[1],
      step: 1, row: 0, column: 0, adds: false, addend: 0, activation: CKActivation(setting.activation), tile: 0,
      isPlain: isPlain)
    if isPlain {
      let result = try Tensor(shape: shape) { (floats: UnsafeMutableBufferPointer<Float>) in
        run(problem, source, weights, bias, floats.baseAddress!, kernels, threads)
      }
      return BackendConformance.difference(result, expected)
    }
    var result = Blocks(shape, kernels)
    result.change { run(problem, source, weights, bias, $0.assumingMemoryBound(to: Float.self), kernels, threads) }
    return BackendConformance.difference(try result.tensor, expected)
  }

  private func run(
    _ convolution: CKConvolution, _ source: Tensor, _ weights: Tensor, _ bias: Tensor,
    _ result: UnsafeMutablePointer<Float>, _ kernels: CKKernels, _ threads: Int
  ) {
    func memory(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
      // What was there before plays no part.
      for index in memory.indices { memory[index] = 0xff }
      return memory
    }
    var problem = convolution
    let planar = kernels.blocks.planar
    let packed = memory(planar.packed_size(&problem))
    defer { packed.deallocate() }
    weights.withFloats { planar.pack(&problem, $0.baseAddress, packed.baseAddress) }
    let filled = bias.floats + [Float](repeating: 0, count: kernels.lanes)
    source.withFloats { source in
      for thread in 0..<threads {
        let scratch = memory(planar.scratch_size(&problem, thread, threads))
        defer { scratch.deallocate() }
        planar.run(
          &problem, source.baseAddress, packed.baseAddress, filled, result, scratch.baseAddress, thread, threads)
      }
    }
  }
}
