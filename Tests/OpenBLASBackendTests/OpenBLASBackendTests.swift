internal import Inference
internal import TestSupport
import Testing

@testable internal import OpenBLASBackend

@Suite struct `The OpenBLAS backend` {
  @Test(arguments: BackendConformance.cases)
  func `computes what the reference computes`(_ item: BackendConformance.Case) throws {
    #expect(try BackendConformance.deviation(of: OpenBLASBackend(), on: item) < 2e-5)
  }

  @Test(arguments: BackendConformance.cases)
  func `computes the same on lesser processors`(_ item: BackendConformance.Case) throws {
    for lanes in [8, 4] {
      #expect(try BackendConformance.deviation(of: OpenBLASBackend(maximumLanes: lanes), on: item) < 2e-5)
    }
  }

  @Test(arguments: [1, 3])
  func `computes the same on any number of threads`(_ threads: Int) throws {
    for item in BackendConformance.networkCases + BackendConformance.convolutionCases {
      let options = CompileOptions(threads: threads)
      #expect(try BackendConformance.deviation(of: OpenBLASBackend(), on: item, options: options) < 2e-5)
    }
  }

  @Test func `packs weights once for as long as something uses them`() {
    let store = PackedStore()
    let (weights, bias) = (Tensor(shape: [1], [1 as Float]), Tensor(shape: [1], [2 as Float]))
    var packings = 0
    func packed(_ bias: Tensor?, _ form: PackedStore.Form) -> PackedWeights {
      store.packed(weights, bias, form) {
        packings += 1
        return PackedWeights(rows: 1, depth: 1, panelHeight: 1) { _, _ in 1 }
      }
    }
    do {
      let first = packed(bias, .group(0))
      #expect(packed(bias, .group(0)) === first && packings == 1)
      #expect(packed(nil, .group(0)) !== first && packed(bias, .winograd) !== first && packings == 3)
      withExtendedLifetime(first) {}
    }
    _ = packed(bias, .group(0))
    #expect(packings == 4)
  }

  @Test func `refuses bf16 and says what to use`() {
    let item = BackendConformance.cases[0]
    #expect(throws: InferenceError.self) {
      try OpenBLASBackend().compile(
        item.graph, inputShapes: item.inputs.map(\.shape), options: .init(threads: 1, precision: .bf16))
    }
  }
}
