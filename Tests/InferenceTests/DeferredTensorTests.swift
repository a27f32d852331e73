internal import Inference
internal import Synchronization
internal import TestSupport
import Testing

@Suite struct `A deferred tensor` {
  private final class Counter: Sendable {
    let calls = Atomic<Int>(0)
  }

  private struct Gone: Error {}

  @Test func `has its elements made once for all who hold them, and again afterwards`() throws {
    let counter = Counter()
    let tensor = Tensor.deferred(shape: [2]) { elements in
      counter.calls.wrappingAdd(1, ordering: .relaxed)
      elements[0] = 3
      elements[1] = 4
    }
    #expect(counter.calls.load(ordering: .relaxed) == 0)
    do {
      let loaded = try tensor.loaded()
      #expect(!loaded.isDeferred)
      #expect(tensor.floats == [3, 4] && tensor.reshaped([2, 1]).floats == [3, 4])
      #expect(counter.calls.load(ordering: .relaxed) == 1)
      withExtendedLifetime(loaded) {}
    }
    #expect(tensor.floats == [3, 4])
    #expect(counter.calls.load(ordering: .relaxed) == 2)
    var copy: [Float] = [0, 0]
    try copy.withUnsafeMutableBufferPointer { try tensor.write(to: $0) }
    #expect(copy == [3, 4])
  }

  @Test func `hands on why its elements cannot be made`() {
    let tensor = Tensor.deferred(shape: [2]) { _ in throw Gone() }
    #expect(throws: Gone.self) { try tensor.loaded() }
  }

  @Test(arguments: BackendConformance.cases)
  func `gives what one in memory gives when it is optimised away`(_ item: BackendConformance.Case) throws {
    var deferring = item
    for value in item.graph.values.indices {
      guard let constant = item.graph.values[value].constant, constant.elementType == .float32 else { continue }
      deferring.graph.values[value].constant = .deferred(shape: constant.shape) { elements in
        constant.withFloats { _ = elements.update(from: $0) }
      }
    }
    #expect(try BackendConformance.deviation(of: FusedReference(), on: deferring) < 1e-5)
  }
}
