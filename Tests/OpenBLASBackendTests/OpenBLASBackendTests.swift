internal import Inference
internal import TestSupport
import Testing

@testable internal import OpenBLASBackend

@Suite(.enabled(if: (try? OpenBLASBackend()) != nil, "OpenBLAS is not installed (libopenblas0)"))
struct `The OpenBLAS backend` {
  /// Above AVX-512 its kernels are the same.
  @Test(arguments: [KernelLevel.baseline, .avx2, .avx512])
  func `computes what the reference computes`(_ level: KernelLevel) throws {
    let backend = try OpenBLASBackend(kernels: level.kernels())
    for item in BackendConformance.cases {
      #expect(try BackendConformance.deviation(of: backend, on: item) < 2e-5, "\(item)")
    }
  }

  @Test(arguments: [1, 3])
  func `computes the same on any number of threads`(_ threads: Int) throws {
    for item in BackendConformance.networkCases + BackendConformance.convolutionCases {
      let options = CompileOptions(threads: threads)
      #expect(try BackendConformance.deviation(of: OpenBLASBackend(), on: item, options: options) < 2e-5, "\(item)")
    }
  }

  @Test func `packs weights once for as long as something uses them`() throws {
    let (store, form) = (PackedStore(), WinogradForm(tile: 4, taps: 3))
    let (weights, bias) = (Tensor(shape: [1], [1 as Float]), Tensor(shape: [1], [2 as Float]))
    var packings = 0
    func packed(_ bias: Tensor?, _ form: PackedStore.Form) throws -> PackedWeights {
      try store.packed(weights, bias, form) {
        packings += 1
        return try PackedWeights(rows: 1, depth: 1, panelHeight: 1) { _, _ in 1 }
      }
    }
    do {
      let first = try packed(bias, .group(0))
      #expect(try packed(bias, .group(0)) === first && packings == 1)
      #expect(try packed(nil, .group(0)) !== first && packed(bias, .winograd(form)) !== first && packings == 3)
      withExtendedLifetime(first) {}
    }
    _ = try packed(bias, .group(0))
    #expect(packings == 4)
  }

  @Test func `makes small tiles of small images, and none of single pixels`() {
    func form(_ taps: Int, _ inputs: Int, _ outputs: Int, _ images: Int, _ height: Int, _ width: Int) -> WinogradForm? {
      WinogradForm.fastest(
        taps: taps, inputs: inputs, outputs: outputs, images: images, height: height, width: width, columns: 32)
    }
    #expect(form(3, 64, 64, 1, 64, 48) == WinogradForm(tile: 4, taps: 3))
    #expect(form(3, 512, 512, 4, 8, 6) == WinogradForm(tile: 2, taps: 3))
    #expect(form(2, 256, 256, 1, 32, 24) == WinogradForm(tile: 4, taps: 2))
    #expect(form(3, 160, 160, 4, 7, 5) == WinogradForm(tile: 2, taps: 3))
    #expect(form(2, 128, 96, 7, 6, 6) == WinogradForm(tile: 2, taps: 2))
    #expect(form(3, 512, 512, 1, 1, 1) == nil && form(3, 8, 64, 1, 64, 48) == nil)
  }

  @Test func `refuses bf16 and says what to use`() {
    let item = BackendConformance.cases[0]
    #expect(throws: InferenceError.self) {
      try OpenBLASBackend().compile(
        item.graph, inputShapes: item.inputs.map(\.shape), options: .init(threads: 1, precision: .bf16))
    }
  }
}
