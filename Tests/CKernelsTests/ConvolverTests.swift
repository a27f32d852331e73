internal import CKernels
internal import Inference
internal import TestSupport
import Testing

/// Convolutions of our own over blocks, which need no library.
@Suite struct `Convolutions over blocks of channels` {
  struct Setting: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var input = [2, 19, 9, 7]
    var outputs = 37
    var kernel = [3, 3]
    /// Of Winograd's filtering; 0 for matrix tiles.
    var tile = 0
    var strides = [1, 1]
    var dilations = [1, 1]
    var padding = [1, 1, 1, 1]
    var hasBias = true
    var adds = false
    var activation: Activation?
    /// Writes one phase of an image of twice the size.
    var isPhase = false
  }

  private static let forms: [Setting] = [
    Setting(testDescription: "Winograd, tiles of 4, 3×3", tile: 4),
    Setting(testDescription: "Winograd, tiles of 2, 3×3", tile: 2),
    Setting(testDescription: "Winograd, tiles of 4, 2×2", kernel: [2, 2], tile: 4, padding: [1, 0, 0, 1]),
    Setting(testDescription: "matrix tiles, 3×3"),
    Setting(
      testDescription: "matrix tiles, 5×3 with strides", kernel: [5, 3], strides: [2, 3], dilations: [2, 1],
      padding: [3, 2, 4, 0]),
    Setting(
      testDescription: "matrix tiles, 1×1 of many channels", input: [1, 300, 5, 9], kernel: [1, 1],
      padding: [0, 0, 0, 0]),
  ]

  private static let settings: [Setting] = forms.flatMap { form in
    var (plain, busy, phase, large) = (form, form, form, form)
    plain.hasBias = false
    (busy.adds, busy.activation) = (true, .relu)
    busy.testDescription += ", added and cut at zero"
    (phase.isPhase, phase.activation) = (true, .silu)
    phase.testDescription += ", as a phase"
    large.input = [3, 40, 13, 21]
    (large.outputs, large.activation) = (70, .hardSigmoid(alpha: 0.3, beta: 0.4))
    large.testDescription += ", of many tiles"
    return [plain, busy, phase] + (form.input[1] > 100 ? [] : [large])
  }

  @Test(arguments: [KernelLevel.baseline, .avx2, .avx512, .tiles])
  func `are what the reference computes, on any number of threads`(_ level: KernelLevel) throws {
    let kernels = try level.kernels()
    for setting in Self.settings where setting.tile > 0 || level == .tiles {
      for threads in [1, 3] {
        #expect(try deviation(setting, kernels, threads: threads) < 2e-5, "\(setting.testDescription), \(threads)")
      }
    }
  }

  /// The largest difference to the reference, relative to the largest result; infinity where other phases were touched.
  private func deviation(_ setting: Setting, _ kernels: CKKernels, threads: Int) throws -> Float {
    var random = SeededRandom(seed: 5)
    func tensor(_ shape: [Int], scale: Float = 1) -> Tensor {
      Tensor(shape: shape, random.floats(shape.reduce(1, *), in: -scale...scale))
    }
    let (inputs, outputs) = (setting.input[1], setting.outputs)
    let source = tensor(setting.input)
    let scale = 1 / Float(inputs * setting.kernel[0] * setting.kernel[1]).squareRoot()
    let weights = tensor([outputs, inputs] + setting.kernel, scale: scale)
    let bias = tensor([outputs])
    var parameters = Convolution()
    parameters.strides = setting.strides
    parameters.dilations = setting.dilations
    parameters.padding = setting.padding
    parameters.activation = setting.activation
    let operation = Inference.Operation.convolution(parameters)
    let shape = try ReferenceKernels.evaluate(operation, [source, weights])[0].shape
    let before = tensor(shape)
    let expected = try ReferenceKernels.evaluate(
      operation, [source, weights, setting.hasBias ? bias : nil, setting.adds ? before : nil])[0]

    let step = setting.isPhase ? 2 : 1
    let whole = shape[..<2] + shape[2...].map { $0 * step }
    var result = Blocks(
      setting.adds ? before : Tensor(shape: Array(whole), [Float](repeating: 7, count: whole.reduce(1, *))), kernels)
    if setting.adds, setting.isPhase { return .infinity }
    var problem = CKConvolution(
      images: shape[0], inputs: inputs, outputs: outputs, height: setting.input[2], width: setting.input[3],
      resultHeight: shape[2], resultWidth: shape[3], kernel: (setting.kernel[0], setting.kernel[1]),
      strides: (setting.strides[0], setting.strides[1]), dilations: (setting.dilations[0], setting.dilations[1]),
      top: setting.padding[0], left: setting.padding[1], step: step, row: step - 1, column: 0, adds: setting.adds,
      activation: CKActivation(setting.activation), tile: setting.tile)
    run(
      setting.tile > 0 ? kernels.blocks.winograd : kernels.blocks.tiles, &problem, source, weights,
      setting.hasBias ? bias : nil, &result, kernels, threads)
    guard setting.isPhase else { return BackendConformance.difference(try result.tensor, expected) }
    let (floats, width, area) = (try result.tensor.floats, shape[3] * 2, shape[2] * shape[3] * 4)
    let isOfPhase = { (index: Int) in index % area / width % 2 == 1 && index % width % 2 == 0 }
    guard floats.indices.allSatisfy({ isOfPhase($0) || floats[$0] == 7 }) else { return .infinity }
    return BackendConformance.difference(
      Tensor(shape: shape, floats.indices.filter(isOfPhase).map { floats[$0] }), expected)
  }

  private func run(
    _ convolver: CKConvolver, _ problem: inout CKConvolution, _ source: Tensor, _ weights: Tensor, _ bias: Tensor?,
    _ result: inout Blocks, _ kernels: CKKernels, _ threads: Int
  ) {
    func memory(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
      // What was there before plays no part.
      for index in memory.indices { memory[index] = 0xff }
      return memory
    }
    let packed = memory(convolver.packed_size(&problem))
    defer { packed.deallocate() }
    weights.withFloats { convolver.pack(&problem, $0.baseAddress, packed.baseAddress) }
    let filled = bias.map { $0.floats + [Float](repeating: 0, count: kernels.lanes) }
    Blocks(source, kernels).withBytes { source in
      result.change { result in
        for thread in 0..<threads {
          let scratch = memory(convolver.scratch_size(&problem, thread, threads))
          defer { scratch.deallocate() }
          convolver.run(
            &problem, source.assumingMemoryBound(to: Float.self), packed.baseAddress, filled,
            result.assumingMemoryBound(to: Float.self), scratch.baseAddress, thread, threads)
        }
      }
    }
  }
}
