internal import Inference
internal import TestSupport
import Testing

@testable internal import Models

@Suite struct `Networks with channels last` {
  /// A convolution of stride 4 with 17 outputs, as TensorFlow's networks come out of converters.
  private func network(channelsLast: Bool, weights: Tensor) -> Graph {
    var builder = GraphBuilder()
    var value = builder.input("image", shape: channelsLast ? [nil, 16, 8, 3] : [nil, 3, 16, 8])
    if channelsLast { value = builder.node(.transpose([0, 3, 1, 2]), [value])[0] }
    var parameters = Convolution()
    parameters.strides = [4, 4]
    value = builder.node(.convolution(parameters), [value, builder.constant(weights)])[0]
    if channelsLast { value = builder.node(.transpose([0, 2, 3, 1]), [value])[0] }
    builder.output(value, name: "heatmaps")
    return builder.graph
  }

  @Test func `take and give them first, without a transposition`() throws {
    var random = SeededRandom(seed: 3)
    let weights = Tensor(shape: [17, 3, 1, 1], random.floats(51))
    let plain = try network(channelsLast: false, weights: weights).optimised()
    let turned = try network(channelsLast: true, weights: weights).optimised().takingChannelsFirst()
    #expect(turned.inputs[0].shape == [nil, 3, 16, 8])
    #expect(turned.nodes.count == plain.nodes.count)
    #expect(turned.values[turned.outputs[0]].name == "heatmaps")
    let input = Tensor(shape: [1, 3, 16, 8], random.floats(384))
    let results = try [plain, turned].map { graph in
      try ReferenceBackend().compile(graph, inputShapes: [[1, 3, 16, 8]], options: CompileOptions(threads: 1)).run([
        input
      ])[0]
    }
    #expect(results[0].withFloats { Array($0) } == results[1].withFloats { Array($0) })
  }

  @Test func `are told by the three channels at the end only`() throws {
    var random = SeededRandom(seed: 3)
    let weights = Tensor(shape: [17, 3, 1, 1], random.floats(51))
    let plain = network(channelsLast: false, weights: weights)
    #expect(try plain.takingChannelsFirst().inputs[0].shape == [nil, 3, 16, 8])
    #expect(try plain.takingChannelsFirst().nodes.count == plain.nodes.count)
  }
}
