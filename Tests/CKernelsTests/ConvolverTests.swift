internal import CKernels
internal import Inference
internal import TestSupport
import Testing

/// Convolutions of our own over blocks, which need no library.
@Suite struct `Convolutions over blocks of channels` {
  enum Method: Equatable {
    case winograd(tile: Int)
    case direct, depthwise, tiles
  }

  struct Setting: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method: Method
    var input = [2, 19, 9, 7]
    var outputs = 37
    var kernel = [3, 3]
    var strides = [1, 1]
    var dilations = [1, 1]
    var padding = [1, 1, 1, 1]
    var hasBias = true
    var adds = false
    var activation: Activation?
    /// Writes one phase of an image of twice the size.
    var isPhase = false
    /// Adds another image after the activation.
    var addsLast = false
  }

  private static let forms: [Setting] = [
    Setting(testDescription: "Winograd, tiles of 4, 3×3", method: .winograd(tile: 4)),
    Setting(testDescription: "Winograd, tiles of 2, 3×3", method: .winograd(tile: 2)),
    Setting(
      testDescription: "Winograd, tiles of 4, 3×3 with strides", method: .winograd(tile: 4), strides: [2, 2]),
    Setting(
      testDescription: "Winograd, tiles of 4, 3×3 with strides and padding at the end", method: .winograd(tile: 4),
      input: [1, 33, 18, 31], outputs: 20, strides: [2, 2], padding: [0, 0, 1, 1]),
    Setting(
      testDescription: "Winograd, tiles of 4, 2×2", method: .winograd(tile: 4), kernel: [2, 2], padding: [1, 0, 0, 1]),
    Setting(testDescription: "matrix tiles, 3×3", method: .tiles),
    Setting(
      testDescription: "matrix tiles, 5×3 with strides", method: .tiles, kernel: [5, 3], strides: [2, 3],
      dilations: [2, 1], padding: [3, 2, 4, 0]),
    Setting(
      testDescription: "matrix tiles, 1×1 of many channels", method: .tiles, input: [1, 300, 5, 9], kernel: [1, 1],
      padding: [0, 0, 0, 0]),
    Setting(testDescription: "direct, 3×3", method: .direct),
    Setting(testDescription: "direct, 3×3 of few channels", method: .direct, input: [1, 5, 9, 31], outputs: 7),
    Setting(
      testDescription: "direct, 5×3 with strides", method: .direct, kernel: [5, 3], strides: [2, 3], dilations: [2, 1],
      padding: [3, 2, 4, 0]),
    Setting(
      testDescription: "direct, 1×1 of many channels", method: .direct, input: [2, 300, 5, 29], kernel: [1, 1],
      padding: [0, 0, 0, 0]),
    Setting(
      testDescription: "direct, 1×1 with strides", method: .direct, kernel: [1, 1], strides: [2, 1],
      padding: [0, 0, 0, 0]),
    Setting(testDescription: "direct, one pixel", method: .direct, input: [3, 33, 1, 1], outputs: 16),
    Setting(testDescription: "a kernel a channel, 3×3", method: .depthwise),
    Setting(
      testDescription: "a kernel a channel, 5×7 with strides", method: .depthwise, input: [1, 19, 12, 45],
      kernel: [5, 7], strides: [1, 2], dilations: [1, 2], padding: [2, 7, 2, 3]),
    Setting(
      testDescription: "a kernel a channel, wider than the image", method: .depthwise, input: [2, 16, 4, 3],
      kernel: [3, 9], padding: [1, 4, 1, 4]),
  ]

  private static let settings: [Setting] = forms.flatMap { form in
    var (plain, busy, phase, large, last) = (form, form, form, form, form)
    plain.hasBias = false
    (busy.adds, busy.activation) = (true, .relu)
    busy.testDescription += ", added and cut at zero"
    (phase.isPhase, phase.activation) = (true, .silu)
    phase.testDescription += ", as a phase"
    large.input = [3, 40, 13, 21]
    (large.outputs, large.activation) = (70, .hardSigmoid(alpha: 0.3, beta: 0.4))
    large.testDescription += ", of many tiles"
    (last.addsLast, last.activation) = (true, .silu)
    last.testDescription += ", added to last"
    return [plain, busy, phase] + (form.method == .tiles ? [] : [last]) + (form.input[1] > 100 ? [] : [large])
  }

  @Test(arguments: [KernelLevel.baseline, .avx2, .avx512, .tiles])
  func `are what the reference computes, on any number of threads`(_ level: KernelLevel) throws {
    let kernels = try level.kernels()
    for setting in Self.settings where setting.method != .tiles || level == .tiles {
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
    let inputs = setting.input[1]
    let (outputs, groups) = setting.method == .depthwise ? (inputs, inputs) : (setting.outputs, 1)
    let source = tensor(setting.input)
    let scale = 1 / Float(inputs / groups * setting.kernel[0] * setting.kernel[1]).squareRoot()
    let weights = tensor([outputs, inputs / groups] + setting.kernel, scale: scale)
    let bias = tensor([outputs])
    var parameters = Convolution()
    parameters.strides = setting.strides
    parameters.dilations = setting.dilations
    parameters.padding = setting.padding
    parameters.groups = groups
    parameters.activation = setting.activation
    let operation = Inference.Operation.convolution(parameters)
    let shape = try ReferenceKernels.evaluate(operation, [source, weights])[0].shape
    let before = tensor(shape)
    var expected = try ReferenceKernels.evaluate(
      operation, [source, weights, setting.hasBias ? bias : nil, setting.adds ? before : nil])[0]
    let addend = tensor(shape)
    if setting.addsLast { expected = try ReferenceKernels.evaluate(.binary(.add), [expected, addend])[0] }

    let step = setting.isPhase ? 2 : 1
    let whole = shape[..<2] + shape[2...].map { $0 * step }
    let there = setting.adds ? before.floats : [Float](repeating: 7, count: whole.reduce(1, *))
    // What is added last follows the result.
    var result = Blocks(
      setting.addsLast
        ? Tensor(shape: [2 * shape[0]] + shape[1...], there + addend.floats) : Tensor(shape: Array(whole), there),
      kernels)
    if setting.adds, setting.isPhase { return .infinity }
    var problem = CKConvolution(
      images: shape[0], inputs: inputs, outputs: outputs, height: setting.input[2], width: setting.input[3],
      resultHeight: shape[2], resultWidth: shape[3], kernel: (setting.kernel[0], setting.kernel[1]),
      strides: (setting.strides[0], setting.strides[1]), dilations: (setting.dilations[0], setting.dilations[1]),
      top: setting.padding[0], left: setting.padding[1], step: step, row: step - 1, column: 0, adds: setting.adds,
      addend: 0, activation: CKActivation(setting.activation), tile: 0, isPlain: false)
    if setting.addsLast { problem.addend = result.bytes.count / 2 / MemoryLayout<Float>.stride }
    let convolver: CKConvolver
    switch setting.method {
    case .winograd(let tile): (convolver, problem.tile) = (kernels.blocks.winograd, tile)
    case .direct: convolver = kernels.blocks.direct
    case .depthwise: convolver = kernels.blocks.depthwise
    case .tiles: convolver = kernels.blocks.tiles
    }
    run(
      convolver, &problem, source, weights,
      setting.hasBias ? bias : nil, &result, kernels, threads)
    guard setting.isPhase else {
      let results = Array(try result.tensor.floats.prefix(expected.count))
      return BackendConformance.difference(Tensor(shape: shape, results), expected)
    }
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
