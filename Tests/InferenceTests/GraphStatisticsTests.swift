private import Inference
import Testing

@Test func `the cost of a convolution is two a multiply-add`() throws {
  var builder = GraphBuilder()
  let input = builder.input("image", shape: [nil, 3, 8, 8])
  let weights = builder.constant(Tensor(shape: [4, 3, 3, 3], [Float](repeating: 1, count: 108)))
  var geometry = Convolution()
  geometry.padding = [1, 1, 1, 1]
  let output = builder.node(.convolution(geometry), [input, weights])[0]
  builder.output(output, name: "maps")
  let statistics = try GraphStatistics(builder.graph, inputShapes: [[2, 3, 8, 8]])
  #expect(statistics.floatingPointOperations == 2 * (2 * 4 * 8 * 8) * 27)
  #expect(statistics.parameters == 108)
  #expect(statistics.outputs.map(\.shape) == [[2, 4, 8, 8]])
  #expect(statistics.description.contains("maps 2×4×8×8"))
}
