internal import Inference

extension Graph {
  /// The same network with pictures as N × 3 × H × W and maps as N × C × H × W, where it takes N × H × W × 3 and gives maps with
  /// the channels last, too, as networks of TensorFlow do.
  func takingChannelsFirst() throws -> Graph {
    guard inputs.count == 1, inputs[0].shape.count == 4, inputs[0].shape[3] == 3, inputs[0].shape[1] != 3 else {
      return self
    }
    var graph = self
    let (picture, shape) = (inputs[0].value, inputs[0].shape)
    graph.values.append(Value(name: values[picture].name))
    graph.values[picture].name += " channels last"
    let first = graph.values.count - 1
    graph.inputs[0] = Input(value: first, shape: [shape[0], 3, shape[1], shape[2]], elementType: inputs[0].elementType)
    graph.nodes.insert(
      Node(name: "channels last", operation: .transpose([0, 2, 3, 1]), inputs: [first], outputs: [picture]), at: 0)
    let shapes = try graph.outputShapes(width: shape[2] ?? 256, height: shape[1] ?? 256)
    for (number, output) in outputs.enumerated() where shapes[number]?.count == 4 {
      graph.values.append(Value(name: values[output].name))
      graph.values[output].name += " channels last"
      graph.outputs[number] = graph.values.count - 1
      graph.nodes.append(
        Node(
          name: "channels first", operation: .transpose([0, 3, 1, 2]), inputs: [output],
          outputs: [graph.values.count - 1]))
    }
    return try graph.optimised()
  }
}
