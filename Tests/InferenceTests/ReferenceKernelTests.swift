internal import Inference
internal import TestSupport
import Testing

@Suite struct `The reference kernels` {
  @Test(arguments: KernelCase.all)
  func `compute what ONNX Runtime computes`(_ item: KernelCase) throws {
    let fixture = try #require(KernelFixture.all[item.description])
    let inputs = fixture.inputs.prefix(item.inputCount ?? fixture.inputs.count).map { $0?.tensor }
    let results = try ReferenceKernels.evaluate(item.operation, inputs, outputCount: fixture.outputs.count)
    #expect(results.count == fixture.outputs.count)
    for (result, expected) in zip(results, fixture.outputs) {
      #expect(BackendConformance.difference(result, expected.tensor) < 1e-5)
    }
  }

  @Test func `are tested on every fixture`() {
    #expect(Set(KernelCase.all.map(\.description)) == Set(KernelFixture.all.keys))
  }

  @Test func `read integers beyond the range of a float without harm`() throws {
    let result = try ReferenceKernels.evaluate(
      .cast(.int64), [Tensor(shape: [4], [Float.infinity, -.infinity, .nan, 1e30])])
    #expect(result[0].integers == [.max, .min, 0, .max])
  }

  @Test func `divide integers by zero without harm`() throws {
    let (a, b) = (Tensor(shape: [2], [Int64.min, 1]), Tensor(shape: [2], [Int64(-1), 0]))
    #expect(try ReferenceKernels.evaluate(.binary(.divide), [a, b])[0].integers == [.min, 0])
    #expect(try ReferenceKernels.evaluate(.binary(.modulo), [a, b])[0].integers == [0, 0])
  }
}
