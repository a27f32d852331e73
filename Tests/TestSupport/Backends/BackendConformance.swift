package import Inference

/// Runs random graphs on a backend and on the reference backend. A backend's tests go over `cases`:
///
///     @Test(arguments: BackendConformance.cases)
///     func `computes what the reference computes`(_ item: BackendConformance.Case) throws {
///       #expect(try BackendConformance.deviation(of: OpenBLASBackend(), on: item) < 1e-5)
///     }
package enum BackendConformance {
  package struct Case: Sendable, CustomStringConvertible {
    package var description: String
    package var graph: Graph
    package var inputs: [Tensor]
  }

  package static let cases: [Case] =
    convolutionCases + transposedConvolutionCases + poolingCases + elementwiseCases + normalizationCases
    + movementCases + matrixCases + networkCases

  /// The largest difference of any output from the reference's, relative to that output's largest magnitude. Integer
  /// outputs must be equal. The backend gets the optimised graph, the reference the graph as it is, and the backend runs
  /// twice, so that what a run leaves behind shows.
  package static func deviation(
    of backend: any Backend, on item: Case, options: CompileOptions = CompileOptions(threads: 2)
  ) throws -> Float {
    let shapes = item.inputs.map(\.shape)
    let exact = CompileOptions(threads: options.threads)
    let expected = try ReferenceBackend().compile(item.graph, inputShapes: shapes, options: exact).run(item.inputs)
    let network = try backend.compile(item.graph.optimised(), inputShapes: shapes, options: options)
    _ = try network.run(item.inputs)
    let actual = try network.run(item.inputs)
    guard actual.count == expected.count else { return .infinity }
    return zip(actual, expected).map { difference($0, $1) }.max() ?? 0
  }

  /// The largest difference of two tensors, relative to the largest magnitude in `expected`.
  package static func difference(_ actual: Tensor, _ expected: Tensor) -> Float {
    guard actual.type == expected.type else { return .infinity }
    if expected.elementType == .int64 { return actual.integers == expected.integers ? 0 : .infinity }
    let largest = expected.floats.reduce(0) { max($0, abs($1)) }
    var worst: Float = 0
    for (a, b) in zip(actual.floats, expected.floats) where !(a == b || (a.isNaN && b.isNaN)) {
      let difference = abs(a - b)
      if !difference.isFinite { return .infinity }
      worst = max(worst, difference)
    }
    return worst / max(largest, .leastNormalMagnitude)
  }
}

extension BackendConformance {
  /// A case whose graph is written by `write`, with random inputs of the given shapes.
  static func makeCase(
    _ name: String, _ shapes: [[Int]], range: ClosedRange<Float> = -1...1,
    _ write: (inout GraphBuilder, [Graph.ValueID], inout SeededRandom) -> [Graph.ValueID]
  ) -> Case {
    var random = SeededRandom(seed: name.utf8.reduce(5381) { $0 &* 33 &+ UInt64($1) })
    var builder = GraphBuilder()
    let inputs = shapes.enumerated().map { builder.input("x\($0)", shape: $1) }
    for (index, output) in write(&builder, inputs, &random).enumerated() {
      builder.output(output, name: "y\(index)")
    }
    let tensors = shapes.map { Tensor(shape: $0, random.floats($0.reduce(1, *), in: range)) }
    return Case(description: name, graph: builder.graph, inputs: tensors)
  }

  /// A case of one operation over inputs and constants.
  static func makeCase(
    _ name: String, _ operation: Operation, _ shapes: [[Int]], constants: [Tensor] = [], outputs: Int = 1,
    range: ClosedRange<Float> = -1...1
  ) -> Case {
    makeCase(name, shapes, range: range) { builder, inputs, _ in
      let values = inputs + constants.map { builder.constant($0) }
      return builder.node(operation, values, name: name, outputNames: Array(repeating: "", count: outputs))
    }
  }
}

extension GraphBuilder {
  mutating func random(_ shape: [Int], _ random: inout SeededRandom, scale: Float = 1) -> Graph.ValueID {
    constant(Tensor(shape: shape, random.floats(shape.reduce(1, *), in: -scale...scale)))
  }
}
