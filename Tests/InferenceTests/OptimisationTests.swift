internal import Inference
internal import TestSupport
import Testing

/// Hands the optimised and fused graph to the reference kernels.
struct FusedReference: Backend {
  let name = "fused reference"
  let resultsDependOnThreads = false

  func compile(_ graph: Graph, inputShapes: [[Int]], options: CompileOptions) throws -> any CompiledNetwork {
    let fused = try graph.prepared(inputShapes: inputShapes)
    return try ReferenceBackend().compile(fused.graph, inputShapes: inputShapes, options: options)
  }
}

@Suite struct `Optimised graphs` {
  @Test(arguments: BackendConformance.cases)
  func `compute what the graph as written computes`(_ item: BackendConformance.Case) throws {
    #expect(try BackendConformance.deviation(of: FusedReference(), on: item) < 1e-5)
  }

  @Test func `have the batch norm, residual and activation in the convolutions`() throws {
    let item = try #require(BackendConformance.cases.first { $0.description == "residual blocks" })
    let fused = try item.graph.optimised().prepared(inputShapes: item.inputs.map(\.shape))
    #expect(fused.graph.nodes.count == 9)
    let activated = fused.graph.nodes.filter {
      if case .convolution(let convolution) = $0.operation { convolution.activation == .relu } else { false }
    }
    #expect(activated.count == 8)
  }

  @Test(arguments: writtenOutActivations)
  func `have activations that exporters write out as one`(_ item: WrittenOutActivation) throws {
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [nil])
    builder.output(item.write(&builder, x), name: "y")
    let graph = try builder.graph.optimised()
    #expect(graph.nodes.map(\.operation) == [.activation(item.expected)])
    #expect(graph.values[graph.outputs[0]].name == "y")
  }

  @Test func `keep the names of outputs that an identity gives`() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", shape: [nil])
    let hidden = builder.node(.unary(.exp), [x])[0]
    builder.output(builder.node(.identity, [hidden])[0], name: "result")
    let graph = try builder.graph.optimised()
    #expect(graph.nodes.count == 1)
    #expect(graph.values[graph.outputs[0]].name == "result")
  }
}

struct WrittenOutActivation: Sendable, CustomStringConvertible {
  var expected: Activation
  var write: @Sendable (inout GraphBuilder, Graph.ValueID) -> Graph.ValueID

  var description: String { "\(expected)" }
}

extension GraphBuilder {
  fileprivate mutating func number(_ value: Float) -> Graph.ValueID { constant(Tensor(shape: [], [value])) }

  fileprivate mutating func binary(_ function: BinaryFunction, _ a: Graph.ValueID, _ b: Graph.ValueID) -> Graph.ValueID
  {
    node(.binary(function), [a, b])[0]
  }

  fileprivate mutating func apply(_ activation: Activation, _ x: Graph.ValueID) -> Graph.ValueID {
    node(.activation(activation), [x])[0]
  }
}

private let writtenOutActivations: [WrittenOutActivation] = [
  .init(expected: .silu) { $0.binary(.multiply, $1, $0.apply(.sigmoid, $1)) },
  .init(expected: .hardSwish) { $0.binary(.multiply, $0.apply(.hardSigmoid(alpha: 1 / 6, beta: 0.5), $1), $1) },
  .init(expected: .hardSwish) { builder, x in
    let clipped = builder.apply(.clip(0, 6), builder.binary(.add, x, builder.number(3)))
    return builder.binary(.divide, builder.binary(.multiply, x, clipped), builder.number(6))
  },
  .init(expected: .hardSwish) { builder, x in
    let clipped = builder.apply(.clip(0, 6), builder.binary(.add, x, builder.number(3)))
    return builder.binary(.multiply, x, builder.binary(.divide, clipped, builder.number(6)))
  },
  .init(expected: .hardSigmoid(alpha: 1 / 6, beta: 0.5)) { builder, x in
    let clipped = builder.apply(.clip(0, 6), builder.binary(.add, x, builder.number(3)))
    return builder.binary(.divide, clipped, builder.number(6))
  },
  .init(expected: .gelu(tanhApproximation: false)) { builder, x in
    let error = builder.node(.unary(.erf), [builder.binary(.divide, x, builder.number(1.41421356))])[0]
    let product = builder.binary(.multiply, x, builder.binary(.add, error, builder.number(1)))
    return builder.binary(.multiply, product, builder.number(0.5))
  },
  .init(expected: .gelu(tanhApproximation: true)) { builder, x in
    let cube = builder.node(.binary(.power), [x, builder.number(3)])[0]
    let inner = builder.binary(.add, x, builder.binary(.multiply, cube, builder.number(0.044715)))
    let curve = builder.apply(.tanh, builder.binary(.multiply, inner, builder.number(0.7978846)))
    let half = builder.binary(.multiply, builder.number(0.5), x)
    return builder.binary(.multiply, half, builder.binary(.add, builder.number(1), curve))
  },
  .init(expected: .mish) { builder, x in
    builder.binary(.multiply, x, builder.apply(.tanh, builder.apply(.softplus, x)))
  },
  .init(expected: .softplus) { builder, x in
    builder.node(.unary(.log), [builder.binary(.add, builder.node(.unary(.exp), [x])[0], builder.number(1))])[0]
  },
  .init(expected: .clip(0, 6)) { builder, x in
    builder.binary(.minimum, builder.binary(.maximum, x, builder.number(0)), builder.number(6))
  },
  .init(expected: .leakyRelu(slope: 0.1)) { builder, x in
    builder.binary(.maximum, builder.binary(.multiply, x, builder.number(0.1)), x)
  },
]
