internal import Inference

extension BackendConformance {
  /// Small networks in the style of the real ones: they show what single operations cannot, such as a memory plan that
  /// overwrites what is still needed.
  package static let networkCases: [Case] = [
    makeCase("residual blocks", [[2, 16, 12, 10]]) { builder, x, random in
      var value = x[0]
      for index in 0..<4 {
        let first = convolved(value, 16, &builder, &random)
        let second = convolved(activated(first, &builder), 16, &builder, &random)
        let shortcut = index == 2 ? convolved(value, 16, kernel: 1, &builder, &random) : value
        value = activated(builder.node(.binary(.add), [second, shortcut])[0], &builder)
      }
      return [value]
    },
    makeCase("quantised convolutions", [[2, 3, 10, 12]]) { builder, x, random in
      let scale = builder.constant(Tensor(shape: [], [0.03]))
      let zero = builder.constant(Tensor(shape: [], [Int64(12)]))
      func rounded(_ value: Graph.ValueID) -> Graph.ValueID {
        let range = IntegerRange(-128...127)
        let quantized = builder.node(.quantizeLinear(range, axis: 1), [value, scale, zero])[0]
        return builder.node(.dequantizeLinear(axis: 1), [quantized, scale, zero])[0]
      }
      var value = rounded(x[0])
      for _ in 0..<2 { value = rounded(activated(convolved(value, 20, &builder, &random), &builder)) }
      return [value]
    },
    makeCase("two resolutions that exchange", [[2, 8, 8, 8]]) { builder, x, random in
      let high = convolved(x[0], 8, &builder, &random)
      let low = convolved(high, 16, stride: 2, &builder, &random)
      let reduced = convolved(low, 8, kernel: 1, &builder, &random)
      let scales = builder.constant(Tensor(shape: [4], [1.0, 1, 2, 2]))
      let raised = builder.node(.resize(Resize()), [reduced, Graph.Node.absent, scales])[0]
      let fusedHigh = activated(builder.node(.binary(.add), [high, raised])[0], &builder)
      let lowered = convolved(high, 16, stride: 2, &builder, &random)
      let fusedLow = activated(builder.node(.binary(.add), [lowered, low])[0], &builder)
      return [fusedHigh, fusedLow]
    },
    makeCase("squeeze and excitation", [[2, 12, 6, 6]]) { builder, x, random in
      let value = convolved(x[0], 12, groups: 12, &builder, &random)
      let mean = builder.node(.globalAveragePool, [value])[0]
      let narrow = activated(convolved(mean, 4, kernel: 1, &builder, &random), &builder)
      let gate = convolved(narrow, 12, kernel: 1, &builder, &random)
      let weights = builder.node(.activation(.sigmoid), [gate])[0]
      return builder.node(.binary(.multiply), [value, weights])
    },
    makeCase("branches that join", [[1, 8, 10, 10]]) { builder, x, random in
      let left = activated(convolved(x[0], 6, &builder, &random), &builder)
      let right = activated(convolved(x[0], 10, kernel: 1, &builder, &random), &builder)
      let joined = builder.node(.concatenate(axis: 1), [left, right, x[0]])[0]
      let flat = builder.node(.flatten(axis: 1), [convolved(joined, 3, kernel: 1, &builder, &random)])[0]
      return [flat, left]
    },
    makeCase("joined images that are read on", [[1, 16, 9, 11]]) { builder, x, random in
      let left = activated(convolved(x[0], 32, &builder, &random), &builder)
      let right = convolved(x[0], 16, kernel: 1, &builder, &random)
      let joined = builder.node(.concatenate(axis: 1), [left, right, left])[0]
      let wider = builder.node(.concatenate(axis: 1), [joined, x[0], right])[0]
      let narrow = convolved(joined, 32, kernel: 1, &builder, &random)
      let sum = builder.node(.binary(.add), [narrow, left])[0]
      return [sum, convolved(wider, 5, &builder, &random), activated(right, &builder)]
    },
    makeCase("pictures of few channels", [[2, 3, 17, 47]]) { builder, x, random in
      let first = activated(convolved(x[0], 8, stride: 2, &builder, &random), &builder)
      let second = builder.node(.activation(.silu), [convolved(first, 5, &builder, &random)])[0]
      let third = convolved(second, 20, kernel: 5, &builder, &random)
      let other = convolved(second, 7, kernel: 1, stride: 3, &builder, &random)
      return [third, convolved(other, 7, groups: 7, &builder, &random)]
    },
    makeCase("phases of pictures", [[2, 3, 16, 36], [1, 2, 18, 9]]) { builder, x, random in
      let focus = [(0, 0), (1, 0), (0, 1), (1, 1)].map { row, column in
        let ends = builder.constant(integers(1 << 40, 1 << 40))
        let (axes, steps) = (builder.constant(integers(2, -1)), builder.constant(integers(2, 2)))
        return builder.node(.slice, [x[0], builder.constant(integers(Int64(row), Int64(column))), ends, axes, steps])[0]
      }
      let first = convolved(builder.node(.concatenate(axis: 1), focus)[0], 20, &builder, &random)
      let second = convolved(builder.node(.spaceToDepth(blockSize: 3), [x[1]])[0], 7, stride: 2, &builder, &random)
      let part = builder.node(.concatenate(axis: 1), [focus[1], focus[2]])[0]
      return [activated(first, &builder), second, convolved(part, 9, kernel: 1, &builder, &random), part]
    },
    makeCase("parts of blocks, added to and joined", [[1, 20, 11, 13]]) { builder, x, random in
      func block(_ value: Graph.ValueID, _ outputs: Int, kernel: Int, groups: Int = 1) -> Graph.ValueID {
        let sum = convolved(value, outputs, kernel: kernel, groups: groups, &builder, &random)
        return builder.node(.activation(.silu), [sum])[0]
      }
      var value = block(x[0], 24, kernel: 1)
      let short = block(x[0], 9, kernel: 3)
      for _ in 0..<2 { value = builder.node(.binary(.add), [block(value, 24, kernel: 3), value])[0] }
      let wide = builder.node(.binary(.add), [value, block(value, 24, kernel: 5, groups: 24)])[0]
      let joined = builder.node(.concatenate(axis: 1), [short, wide, x[0]])[0]
      return [block(joined, 21, kernel: 1), block(joined, 6, kernel: 3), wide]
    },
    makeCase("attention", [[2, 12, 16]]) { builder, x, random in
      let projections = (0..<3).map { _ in
        builder.node(.matrixMultiply, [x[0], builder.random([16, 16], &random, scale: 0.25)])[0]
      }
      let keys = builder.node(.transpose([0, 2, 1]), [projections[1]])[0]
      let scores = builder.node(.softmax(axis: -1), builder.node(.matrixMultiply, [projections[0], keys]))[0]
      let mixed = builder.node(.matrixMultiply, [scores, projections[2]])[0]
      return builder.node(.binary(.add), [x[0], mixed])
    },
    makeCase("shuffled channels", [[2, 8, 4, 5]]) { builder, x, random in
      let parts = builder.node(
        .split(axis: 1), [x[0], builder.constant(integers(4, 4))], outputNames: ["", ""])
      let joined = builder.node(
        .concatenate(axis: 1), [convolved(parts[0], 4, groups: 4, &builder, &random), parts[1]])[0]
      let unfolded = builder.node(
        .reshape(allowsZero: false), [joined, builder.constant(integers(2, 2, 4, 4, 5))])[0]
      let swapped = builder.node(.transpose([0, 2, 1, 3, 4]), [unfolded])[0]
      return builder.node(.reshape(allowsZero: false), [swapped, builder.constant(integers(2, 8, 4, 5))])
    },
  ]

  private static func activated(_ value: Graph.ValueID, _ builder: inout GraphBuilder) -> Graph.ValueID {
    builder.node(.activation(.relu), [value])[0]
  }

  /// Convolution with batch normalisation; the number of input channels follows from the graph so far.
  private static func convolved(
    _ value: Graph.ValueID, _ outputs: Int, kernel: Int = 3, stride: Int = 1, groups: Int = 1,
    _ builder: inout GraphBuilder, _ random: inout SeededRandom
  ) -> Graph.ValueID {
    let inputs = channels(of: value, in: builder.graph)
    var parameters = Convolution()
    parameters.strides = [stride, stride]
    parameters.groups = groups
    parameters.padding = Array(repeating: kernel / 2, count: 4)
    let shape = [outputs, inputs / groups, kernel, kernel]
    let scale = 1.5 / Float(shape[1] * kernel * kernel).squareRoot()
    let weights = builder.random(shape, &random, scale: scale)
    let convolution = builder.node(.convolution(parameters), [value, weights])[0]
    return builder.node(
      .batchNormalization(epsilon: 1e-5), [convolution] + batchNormParameters(outputs, &builder, &random))[0]
  }

  private static func channels(of value: Graph.ValueID, in graph: Graph) -> Int {
    var open = graph
    open.outputs = [value]
    let shapes = graph.inputs.map { $0.shape.map { $0 ?? 1 } }
    let types = try? open.specialised(inputShapes: shapes).types
    return types?[value]?.shape[1] ?? 1
  }
}
