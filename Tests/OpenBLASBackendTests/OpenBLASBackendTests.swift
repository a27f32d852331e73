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

  @Test func `refuses bf16 and says what to use`() {
    let item = BackendConformance.cases[0]
    #expect(throws: InferenceError.self) {
      try OpenBLASBackend().compile(
        item.graph, inputShapes: item.inputs.map(\.shape), options: .init(threads: 1, precision: .bf16))
    }
  }
}
