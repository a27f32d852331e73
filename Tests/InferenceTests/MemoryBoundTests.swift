internal import Inference
internal import OpenBLASBackend
import Testing

/// A file of a few bytes can ask for any amount of memory.
@Suite struct `The memory of a network` {
  struct Blowup: Sendable, CustomStringConvertible {
    var description: String
    var operation: Operation
    var constants: [Tensor]
  }

  @Test(arguments: blowups)
  func `is counted before it is taken`(_ item: Blowup) throws {
    // Each alone is below what one tensor may have, and so computed in every run.
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 1, 4, 4])
    let all = (0..<3).map { index in
      let inputs = [x] + item.constants.map { builder.constant($0) }
      return builder.node(item.operation, inputs, name: "large \(index)")[0]
    }
    for (index, value) in all.enumerated() { builder.output(value, name: "y\(index)") }
    let graph = builder.graph
    for backend in [ReferenceBackend(), try OpenBLASBackend()] as [any Backend] {
      let error = #expect(throws: InferenceError.self) {
        try backend.compile(graph.optimised(), inputShapes: [[1, 1, 4, 4]], options: .init(threads: 1))
      }
      #expect(error?.message.contains("node 'large ") == true, "\(error?.message ?? "")")
      #expect(error?.message.contains("MB") == true)
    }
  }

  @Test func `counts what depends on nothing but constants`() {
    var builder = GraphBuilder()
    let shape = builder.constant(Tensor(shape: [2], [Int64(1 << 14), 1 << 14]))
    let parts = (0..<2).map { builder.node(.constantOfShape(value: 1, .float32), [shape], name: "ones \($0)")[0] }
    builder.output(builder.node(.binary(.add), parts, name: "sum")[0], name: "y")
    let graph = builder.graph
    let error = #expect(throws: InferenceError.self) { try graph.optimised().specialised(inputShapes: []) }
    #expect(error?.message.contains("1024 MB") == true)
  }

  @Test func `is not held for constants that are computed ahead and read no more`() throws {
    var builder = GraphBuilder()
    let shape = builder.constant(Tensor(shape: [1], [Int64(1 << 20)]))
    var value = builder.node(.constantOfShape(value: 1, .float32), [shape])[0]
    for _ in 0..<100 { value = builder.node(.unary(.negate), [value])[0] }
    builder.output(builder.node(.reduce(.sum, keepsDimensions: false), [value])[0], name: "y")
    let constants = try builder.graph.optimised().values.compactMap(\.constant)
    #expect(constants.map(\.count) == [1])
    #expect(constants[0].floats == [Float(1 << 20)])
  }

  @Test func `is bounded for many constants that are computed ahead`() throws {
    var builder = GraphBuilder()
    let shape = builder.constant(Tensor(shape: [1], [Int64(1 << 20)]))
    for index in 0..<100 {
      let ones = builder.node(.constantOfShape(value: Float(index), .float32), [shape])[0]
      builder.output(ones, name: "y\(index)")
    }
    let constants = try builder.graph.optimised().values.compactMap(\.constant)
    #expect(constants.reduce(0) { $0 + $1.type.byteCount } <= 70 << 20)
  }

  @Test(arguments: [ReferenceBackend(), try OpenBLASBackend()] as [any Backend])
  func `is bounded for results whose size the data decides`(_ backend: any Backend) throws {
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 4])
    let found = builder.node(.nonZero, [x], name: "found")[0]
    let count = builder.node(.shape(start: 1, end: 2), [found])[0]
    let factor = builder.constant(Tensor(shape: [1], [Int64(1 << 26)]))
    let size = builder.node(.binary(.multiply), [count, factor])[0]
    let parts = (0..<9).map {
      builder.node(.constantOfShape(value: Float($0), .float32), [size], name: "ones \($0)")[0]
    }
    for (index, part) in parts.enumerated() { builder.output(part, name: "y\(index)") }
    let network = try backend.compile(builder.graph.optimised(), inputShapes: [[1, 4]], options: .init(threads: 1))
    let nothing = try network.run([Tensor(shape: [1, 4], [0, 0, 0, 0] as [Float])])
    #expect(nothing.allSatisfy { $0.shape == [0] })
    let error = #expect(throws: InferenceError.self) {
      try network.run([Tensor(shape: [1, 4], [1, 0, 2, 3] as [Float])])
    }
    #expect(error?.message.contains("node 'ones 1'") == true, "\(error?.message ?? "")")
  }

  @Test func `has room for large batches of large networks`() throws {
    // The widest part of HRNet-W48 at 384 × 288, of 64 people, with weights like its own.
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [nil, 3, 384, 288])
    let weights = builder.constant(.deferred(shape: [64, 3, 3, 3]) { $0.update(repeating: 0) })
    let others = builder.constant(.deferred(shape: [15 << 20]) { $0.update(repeating: 0) })
    var stem = Convolution()
    (stem.strides, stem.padding) = ([2, 2], [1, 1, 1, 1])
    let value = builder.node(.convolution(stem), [x, weights])[0]
    builder.output(builder.node(.activation(.relu), [value])[0], name: "y")
    builder.output(builder.node(.reduce(.sum, keepsDimensions: false), [others])[0], name: "z")
    _ = try builder.graph.specialised(inputShapes: [[64, 3, 384, 288]])
  }

  private static func integers(_ values: Int64...) -> Tensor { Tensor(shape: [values.count], values) }

  private static let blowups: [Blowup] = [
    Blowup(description: "expand", operation: .expand, constants: [integers(1 << 23, 4, 4)]),
    Blowup(description: "tile", operation: .tile, constants: [integers(1 << 23, 1, 1, 1)]),
    Blowup(
      description: "pad", operation: .pad(.constant), constants: [integers(0, 0, 0, 0, 0, 0, 12000, 12000)]),
    Blowup(
      description: "resize", operation: .resize(Resize()),
      constants: [Tensor(shape: [0], [Float]()), Tensor(shape: [4], [1, 1, 3000, 3000] as [Float])]),
  ]
}
