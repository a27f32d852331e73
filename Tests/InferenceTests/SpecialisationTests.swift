internal import Inference
import Testing

@Suite struct `Specialising a graph` {
  @Test func `folds shape arithmetic to constants`() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [nil, 6, nil])
    let shape = builder.node(.shape(start: 0, end: nil), [x])[0]
    let first = builder.node(.gather(axis: 0), [shape, builder.constant(Tensor(shape: [1], [Int64(0)]))])[0]
    let rest = builder.constant(Tensor(shape: [2], [Int64(2), -1]))
    let target = builder.node(.concatenate(axis: 0), [first, rest])[0]
    builder.output(builder.node(.reshape(allowsZero: false), [x, target])[0], name: "y")
    let specialised = try builder.graph.specialised(inputShapes: [[4, 6, 5]])
    #expect(specialised.graph.nodes.map(\.operation) == [.reshape(allowsZero: false)])
    #expect(specialised.types[specialised.graph.outputs[0]] == TensorType([4, 2, 15]))
  }

  @Test func `sorts nodes that come in any order`() throws {
    var graph = chain()
    graph.nodes.reverse()
    #expect(try graph.validated().nodes.map(\.name) == ["first", "second"])
  }

  @Test func `does not fold what would blow up`() throws {
    var builder = GraphBuilder()
    let huge = builder.constant(Tensor(shape: [2], [Int64(3000), 3000]))
    let ones = builder.node(.constantOfShape(value: 1, .float32), [huge], name: "ones")[0]
    builder.output(builder.node(.reduce(.sum, keepsDimensions: false), [ones])[0], name: "y")
    let specialised = try builder.graph.specialised(inputShapes: [])
    #expect(specialised.graph.nodes.count == 2)
  }

  @Test func `refuses a cycle`() {
    var graph = chain()
    graph.nodes[0].inputs = [graph.nodes[1].outputs[0]]
    #expect(message { try graph.validated() }?.contains("cycle") == true)
  }

  @Test func `refuses a value that two nodes give`() {
    var graph = chain()
    graph.nodes[1].outputs = graph.nodes[0].outputs
    #expect(message { try graph.validated() }?.contains("'second'") == true)
  }

  @Test func `refuses a value that nothing gives`() {
    var graph = chain()
    graph.nodes.removeFirst()
    #expect(message { try graph.validated() }?.contains("'second'") == true)
  }

  @Test func `refuses values that do not exist`() {
    var graph = chain()
    graph.nodes[0].inputs = [77]
    #expect(message { try graph.validated() }?.contains("'first'") == true)
  }

  @Test func `says which shape an input must have`() {
    let text = message { try chain().specialised(inputShapes: [[2, 3]]) }
    #expect(text == "input 'x' cannot be 2×3; the network takes ?")
  }

  @Test(arguments: hostileOperations)
  func `refuses what cannot be`(_ item: HostileOperation) {
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [1, 4, 8, 8])
    let constants = item.constants.map { builder.constant($0) }
    let outputs = builder.node(item.operation, [x] + constants, name: "bad")
    builder.output(outputs[0], name: "y")
    let graph = builder.graph
    #expect(message { try graph.specialised(inputShapes: [[1, 4, 8, 8]]) }?.hasPrefix("node 'bad'") == true)
  }

  private func chain() -> Graph {
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [nil])
    let first = builder.node(.unary(.exp), [x], name: "first")[0]
    builder.output(builder.node(.unary(.abs), [first], name: "second")[0], name: "y")
    return builder.graph
  }

  private func message<R>(_ body: () throws -> R) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? InferenceError)?.message
    }
  }
}

struct HostileOperation: Sendable, CustomStringConvertible {
  var description: String
  var operation: Operation
  var constants: [Tensor] = []
}

private func integers(_ values: Int64...) -> Tensor { Tensor(shape: [values.count], values) }

private func convolution(_ change: (inout Convolution) -> Void) -> Operation {
  var parameters = Convolution()
  change(&parameters)
  return .convolution(parameters)
}

private let weights = Tensor(shape: [4, 4, 3, 3], [Float](repeating: 1, count: 144))

private let hostileOperations: [HostileOperation] = [
  .init(description: "no weights", operation: .convolution(Convolution())),
  .init(description: "wrong groups", operation: convolution { $0.groups = 3 }, constants: [weights]),
  .init(description: "huge groups", operation: convolution { $0.groups = .max }, constants: [weights]),
  .init(description: "no stride", operation: convolution { $0.strides = [0, 1] }, constants: [weights]),
  .init(description: "too few strides", operation: convolution { $0.strides = [] }, constants: [weights]),
  .init(description: "huge padding", operation: convolution { $0.padding[0] = .max }, constants: [weights]),
  .init(
    description: "huge output", operation: convolution { $0.padding = [1, 1, 1, 1].map { $0 << 22 } },
    constants: [weights]),
  .init(description: "huge dilation", operation: convolution { $0.dilations = [.max, 1] }, constants: [weights]),
  .init(description: "kernel beyond the input", operation: .maxPool(Pooling(kernel: [9, 9]))),
  .init(description: "empty kernel", operation: .maxPool(Pooling(kernel: []))),
  .init(description: "axis beyond the rank", operation: .softmax(axis: 4)),
  .init(description: "lowest axis", operation: .concatenate(axis: .min)),
  .init(description: "no permutation", operation: .transpose([0, 0, 1, 2])),
  .init(description: "reshape to another size", operation: .reshape(allowsZero: false), constants: [integers(5, -1)]),
  .init(
    description: "reshape to a huge size", operation: .reshape(allowsZero: false), constants: [integers(.max, .max, 2)]),
  .init(description: "expand to a huge size", operation: .expand, constants: [integers(1 << 40, 1, 1, 1, 1)]),
  .init(description: "tile to a huge size", operation: .tile, constants: [integers(.max, 1, 1, .max)]),
  .init(description: "negative tile", operation: .tile, constants: [integers(1, 1, 1, -1)]),
  .init(
    description: "pad to a huge size", operation: .pad(.constant),
    constants: [integers(0, 0, 0, .max, 0, 0, 0, .max)]),
  .init(
    description: "cut more than there is", operation: .pad(.constant), constants: [integers(0, 0, 0, -9, 0, 0, 0, 0)]),
  .init(
    description: "reflect beyond the edge", operation: .pad(.reflect), constants: [integers(0, 0, 0, 8, 0, 0, 0, 0)]),
  .init(
    description: "step of zero", operation: .slice, constants: [integers(0), integers(1), integers(0), integers(0)]),
  .init(description: "split into too much", operation: .split(axis: 1), constants: [integers(5)]),
  .init(description: "more than all", operation: .topK(axis: 1, largest: true), constants: [integers(5)]),
  .init(description: "block of zero", operation: .depthToSpace(blockSize: 0, columnMajor: false)),
  .init(description: "huge block", operation: .depthToSpace(blockSize: .max, columnMajor: false)),
  .init(
    description: "shapes that do not broadcast", operation: .binary(.add), constants: [Tensor(shape: [3], [1.0, 2, 3])]),
  .init(description: "floats and integers", operation: .binary(.add), constants: [integers(1)]),
  .init(
    description: "matrices that do not fit", operation: .matrixMultiply, constants: [Tensor(shape: [3], [1.0, 2, 3])]),
  .init(
    description: "resize to a huge size", operation: .resize(Resize()),
    constants: [integers(), Tensor(shape: [4], [1, 1, 1e9, 1e9])]),
  .init(
    description: "resize by not-a-number", operation: .resize(Resize()),
    constants: [integers(), Tensor(shape: [4], [1, 1, .nan, 1])]),
  .init(description: "unsqueeze one axis twice", operation: .unsqueeze, constants: [integers(0, 0)]),
  .init(description: "squeeze what is not one", operation: .squeeze, constants: [integers(1)]),
]
