#if OneDNN

internal import Inference
internal import TestSupport
import Testing

@testable internal import OneDNNBackend

@Suite struct `The oneDNN backend` {
  /// Products of bfloat16 in vectors play no part in float32.
  @Test(arguments: [KernelLevel.baseline, .avx2, .avx512, .tiles])
  func `computes what the reference computes`(_ level: KernelLevel) throws {
    let backend = OneDNNBackend(kernels: try level.kernels())
    for item in BackendConformance.cases {
      #expect(try BackendConformance.deviation(of: backend, on: item) < 2e-5, "\(item)")
    }
  }

  @Test(arguments: BackendConformance.networkCases + BackendConformance.convolutionCases, [1, 3])
  func `computes the same on any number of threads`(_ item: BackendConformance.Case, _ threads: Int) throws {
    let options = CompileOptions(threads: threads)
    #expect(try BackendConformance.deviation(of: OneDNNBackend(), on: item, options: options) < 2e-5)
  }

  /// Five items on two threads: two for each, and one on both.
  @Test(arguments: BackendConformance.cases.compactMap { $0.repeated(5) })
  func `computes the same when threads divide the batch`(_ item: BackendConformance.Case) throws {
    #expect(try BackendConformance.deviation(of: OneDNNBackend(), on: item) < 2e-5)
  }

  @Test(KernelLevel.bf16.isNeeded)
  func `comes close in bfloat16`() throws {
    let backend = OneDNNBackend(kernels: try KernelLevel.bf16.kernels())
    let options = CompileOptions(threads: 2, precision: .bf16)
    for item in BackendConformance.networkCases {
      #expect(try BackendConformance.deviation(of: backend, on: item, options: options) < 0.03, "\(item)")
    }
  }

  @Test func `gives the same bytes in every run`() throws {
    for item in BackendConformance.networkCases {
      let shapes = item.inputs.map(\.shape)
      let results = try (0..<2).map { _ in
        try OneDNNBackend().compile(item.graph, inputShapes: shapes, options: .init(threads: 2)).run(item.inputs)
      }
      for (a, b) in zip(results[0], results[1]) { #expect(a.floats == b.floats) }
    }
  }

  @Test(arguments: [KernelLevel.baseline, .avx2, .avx512])
  func `refuses bfloat16 where the processor lacks it`(_ level: KernelLevel) throws {
    let (backend, item) = (OneDNNBackend(kernels: try level.kernels()), BackendConformance.cases[0])
    #expect(throws: InferenceError.self) {
      try backend.compile(
        item.graph, inputShapes: item.inputs.map(\.shape), options: .init(threads: 1, precision: .bf16))
    }
  }

  @Test func `refuses inputs of another shape`() throws {
    let item = BackendConformance.networkCases[0]
    let network = try OneDNNBackend().compile(
      item.graph, inputShapes: item.inputs.map(\.shape), options: .init(threads: 1))
    #expect(throws: InferenceError.self) { try network.run([Tensor(shape: [1], [Float(0)])]) }
    #expect(throws: InferenceError.self) { try network.run([]) }
  }
}

extension BackendConformance.Case {
  /// The case with a free batch of `count` items, the first item of its inputs repeated with growing scale. nil where
  /// an input has no batch.
  fileprivate func repeated(_ count: Int) -> Self? {
    guard inputs.allSatisfy({ $0.shape.count > 1 && $0.elementType == .float32 }) else { return nil }
    var batched = self
    for index in graph.inputs.indices { batched.graph.inputs[index].shape[0] = nil }
    batched.inputs = inputs.map { tensor in
      let item = tensor.floats.prefix(tensor.count / tensor.shape[0])
      return Tensor(
        shape: [count] + tensor.shape.dropFirst(),
        (0..<count).flatMap { index in item.map { $0 * (1 + Float(index) / 8) } })
    }
    let isValid = (try? batched.graph.specialised(inputShapes: batched.inputs.map(\.shape))) != nil
    return isValid ? batched : nil
  }
}

#endif
