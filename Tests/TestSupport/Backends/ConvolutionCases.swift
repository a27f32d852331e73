package import Inference

/// One convolution of a random graph; the defaults are a plain 3×3.
private struct ConvolutionSetting {
  var input = [1, 8, 9, 11]
  var outputs = 8
  var kernel = [3, 3]
  var strides = [1, 1]
  var dilations = [1, 1]
  var padding = [1, 1, 1, 1]
  var groups = 1
  var outputPadding = [0, 0]
  var hasBias = true
  var hasResidual = false
  var activation: Activation?
}

extension BackendConformance {
  package static let convolutionCases: [Case] =
    [
      convolution("3×3", .init()),
      convolution("3×3 wide, Winograd's shape", .init(input: [2, 64, 17, 13], outputs: 48)),
      convolution("3×3 on whole tiles", .init(input: [3, 32, 16, 12], outputs: 32, activation: .relu)),
      convolution("3×3 residual", .init(input: [2, 32, 8, 6], outputs: 32, hasResidual: true, activation: .relu)),
      convolution(
        "3×3 of many channels on small images",
        .init(input: [4, 160, 7, 5], outputs: 160, hasResidual: true, activation: .relu)),
      convolution("3×3 on one pixel", .init(input: [1, 32, 1, 1], outputs: 16)),
      convolution("3×3 unpadded", .init(input: [1, 16, 9, 8], outputs: 16, padding: [0, 0, 0, 0])),
      convolution("3×3 padded unevenly", .init(input: [1, 16, 9, 8], outputs: 32, padding: [0, 2, 1, 0])),
      convolution("3×3 stride 2", .init(input: [2, 16, 16, 12], outputs: 24, strides: [2, 2])),
      convolution("3×3 stride 2 odd", .init(input: [1, 5, 15, 9], outputs: 7, strides: [2, 1])),
      convolution("3×3 dilated", .init(input: [1, 8, 12, 12], dilations: [2, 3], padding: [2, 3, 2, 3])),
      convolution("3×3 without bias", .init(hasBias: false, activation: .silu)),
      convolution("1×1", .init(input: [2, 24, 8, 6], outputs: 40, kernel: [1, 1], padding: [0, 0, 0, 0])),
      convolution(
        "1×1 residual",
        .init(
          input: [2, 16, 8, 6], outputs: 33, kernel: [1, 1], padding: [0, 0, 0, 0], hasResidual: true,
          activation: .hardSwish)),
      convolution(
        "1×1 stride 2", .init(input: [1, 16, 9, 7], kernel: [1, 1], strides: [2, 2], padding: [0, 0, 0, 0])),
      convolution(
        "1×1 of many channels",
        .init(
          input: [3, 1500, 3, 6], outputs: 21, kernel: [1, 1], padding: [0, 0, 0, 0], hasResidual: true,
          activation: .relu)),
      convolution("1×1 padded", .init(input: [1, 3, 4, 4], outputs: 5, kernel: [1, 1])),
      convolution(
        "1×1 of one pixel", .init(input: [2, 64, 1, 1], outputs: 16, kernel: [1, 1], padding: [0, 0, 0, 0])),
      convolution(
        "7×7 stem",
        .init(
          input: [1, 3, 33, 28], outputs: 64, kernel: [7, 7], strides: [2, 2], padding: [3, 3, 3, 3], activation: .relu)
      ),
      convolution("1×5", .init(input: [1, 6, 7, 9], kernel: [1, 5], padding: [0, 2, 0, 2])),
      convolution("grouped", .init(input: [2, 12, 8, 7], outputs: 18, groups: 3, activation: .leakyRelu(slope: 0.1))),
      convolution("one channel a group, two results", .init(input: [1, 6, 8, 7], outputs: 12, groups: 6)),
      convolution(
        "depthwise 3×3", .init(input: [2, 33, 14, 19], outputs: 33, groups: 33, activation: .clip(0, 6))),
      convolution(
        "depthwise 3×3 stride 2", .init(input: [1, 16, 15, 12], outputs: 16, strides: [2, 2], groups: 16)),
      convolution(
        "depthwise 5×5",
        .init(
          input: [1, 20, 17, 40], outputs: 20, kernel: [5, 5], padding: [2, 2, 2, 2], groups: 20, hasResidual: true)),
      convolution(
        "depthwise 5×5 stride 2",
        .init(input: [1, 8, 16, 33], outputs: 8, kernel: [5, 5], strides: [2, 2], padding: [2, 2, 2, 2], groups: 8)),
      convolution(
        "depthwise dilated",
        .init(input: [1, 8, 16, 9], outputs: 8, dilations: [2, 2], padding: [2, 2, 2, 2], groups: 8)),
      convolution("kernel as large as the image", .init(input: [2, 4, 6, 5], kernel: [6, 5], padding: [0, 0, 0, 0])),
      convolution(
        "1×1 of more channels than are split at a time",
        .init(
          input: [2, 2600, 9, 11], outputs: 20, kernel: [1, 1], padding: [0, 0, 0, 0], hasResidual: true,
          activation: .relu)),
      convolution(
        "3×3 of many results", .init(input: [2, 40, 9, 7], outputs: 272, hasResidual: true, activation: .silu)),
      convolution(
        "5×3 stride 2, dilated",
        .init(
          input: [3, 50, 15, 18], outputs: 48, kernel: [5, 3], strides: [2, 3], dilations: [2, 1],
          padding: [3, 2, 4, 0])),
    ] + activations.map { convolution("then \($0)", .init(activation: $0)) }
    + activations.flatMap { activation in
      [[1, 1], [3, 3]].map { kernel in
        convolution(
          "\(kernel) of whole blocks, then \(activation)",
          .init(input: [1, 16, 9, 11], outputs: 16, kernel: kernel, activation: activation))
      }
    }

  static let transposedConvolutionCases: [Case] = [
    convolution(
      "transposed 4×4 stride 2",
      .init(input: [2, 24, 8, 6], outputs: 16, kernel: [4, 4], strides: [2, 2], activation: .relu), transposed: true),
    convolution(
      "transposed 4×4 stride 2 odd",
      .init(input: [1, 3, 5, 7], outputs: 5, kernel: [4, 4], strides: [2, 2], hasResidual: true), transposed: true),
    convolution(
      "transposed 4×4 stride 2 wide, Winograd's shape",
      .init(
        input: [3, 24, 17, 13], outputs: 20, kernel: [4, 4], strides: [2, 2], hasResidual: true, activation: .relu),
      transposed: true),
    convolution(
      "transposed 4×4 stride 2 on whole tiles",
      .init(input: [2, 16, 16, 12], outputs: 16, kernel: [4, 4], strides: [2, 2], activation: .silu), transposed: true),
    convolution(
      "transposed 4×4 stride 2 of many channels on small images",
      .init(input: [7, 128, 6, 6], outputs: 96, kernel: [4, 4], strides: [2, 2], activation: .relu), transposed: true),
    convolution(
      "transposed 3×3 stride 2",
      .init(input: [1, 6, 5, 4], kernel: [3, 3], strides: [2, 2], outputPadding: [1, 1]), transposed: true),
    convolution(
      "transposed 2×2 stride 2",
      .init(input: [1, 6, 5, 4], kernel: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0]), transposed: true),
    convolution("transposed 3×3", .init(input: [1, 4, 6, 5], hasBias: false), transposed: true),
    convolution(
      "transposed grouped and dilated",
      .init(
        input: [1, 4, 5, 5], outputs: 6, strides: [2, 1], dilations: [1, 2], padding: [1, 0, 0, 1], groups: 2),
      transposed: true),
    convolution(
      "transposed depthwise",
      .init(
        input: [2, 6, 7, 9], outputs: 6, kernel: [4, 4], strides: [2, 2], groups: 6, hasResidual: true,
        activation: .relu), transposed: true),
    convolution(
      "transposed stride 3 of a small kernel",
      .init(input: [1, 4, 5, 5], kernel: [2, 2], strides: [3, 3], padding: [0, 0, 0, 0]), transposed: true),
  ]

  package static let activations: [Activation] = [
    .relu, .leakyRelu(slope: 0.2), .clip(-0.5, 0.75), .sigmoid, .hardSigmoid(alpha: 0.3, beta: 0.4), .hardSwish, .silu,
    .gelu(tanhApproximation: false), .gelu(tanhApproximation: true), .elu(alpha: 0.8), .tanh, .softplus, .mish,
  ]

  private static func convolution(_ name: String, _ setting: ConvolutionSetting, transposed: Bool = false) -> Case {
    var parameters = Convolution()
    parameters.strides = setting.strides
    parameters.dilations = setting.dilations
    parameters.padding = setting.padding
    parameters.groups = setting.groups
    parameters.outputPadding = setting.outputPadding
    let inputs = setting.input[1]
    let weights =
      (transposed
        ? [inputs, setting.outputs / setting.groups] : [setting.outputs, inputs / setting.groups]) + setting.kernel
    let operation: Operation = transposed ? .transposedConvolution(parameters) : .convolution(parameters)
    // The shape of the residual is that of the result, which the reference knows.
    let result = try? ReferenceKernels.evaluate(
      operation, [Tensor(shape: setting.input, zeros(setting.input)), Tensor(shape: weights, zeros(weights))])
    let residuals = setting.hasResidual ? [result?.first?.shape ?? []] : []
    return makeCase("convolution \(name)", [setting.input] + residuals) { builder, values, random in
      let scale = 1 / Float(weights[1] * weights[2] * weights[3]).squareRoot()
      var operands = [values[0], builder.random(weights, &random, scale: scale)]
      if setting.hasBias { operands.append(builder.random([setting.outputs], &random)) }
      var value = builder.node(operation, operands, name: name)[0]
      if setting.hasResidual { value = builder.node(.binary(.add), [value, values[1]])[0] }
      if let activation = setting.activation { value = builder.node(.activation(activation), [value])[0] }
      return [value]
    }
  }

  private static func zeros(_ shape: [Int]) -> [Float] {
    Array(repeating: 0, count: shape.reduce(1, *))
  }
}
