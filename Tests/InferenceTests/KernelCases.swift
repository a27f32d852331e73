internal import Inference

/// Which operation each fixture is made of.
struct KernelCase: Sendable, CustomStringConvertible {
  var description: String
  var operation: Operation
  /// How many of the fixture's inputs the operation reads; the rest are its parameters.
  var inputCount: Int?

  init(_ name: String, _ operation: Operation, inputCount: Int? = nil) {
    description = name
    self.operation = operation
    self.inputCount = inputCount
  }

  static let all = convolutions + pools + functions + combinations + movements + resizes

  private static let convolutions: [KernelCase] = [
    KernelCase("conv 3x3", convolution { $0.padding = [1, 1, 1, 1] }),
    KernelCase(
      "conv strided",
      convolution {
        $0.strides = [2, 2]
        $0.padding = [0, 1, 1, 0]
      }),
    KernelCase(
      "conv dilated",
      convolution {
        $0.dilations = [2, 3]
        $0.padding = [2, 3, 2, 3]
      }),
    KernelCase("conv grouped", convolution { $0.groups = 2 }),
    KernelCase(
      "conv depthwise",
      convolution {
        $0.padding = [2, 2, 2, 2]
        $0.groups = 4
      }),
    KernelCase(
      "conv same upper",
      convolution {
        $0.autoPad = .sameUpper
        $0.strides = [2, 2]
      }),
    KernelCase(
      "conv same lower",
      convolution {
        $0.autoPad = .sameLower
        $0.strides = [2, 2]
      }),
    KernelCase(
      "deconv 4x4",
      transposed {
        $0.strides = [2, 2]
        $0.padding = [1, 1, 1, 1]
      }),
    KernelCase(
      "deconv grouped",
      transposed {
        $0.strides = [2, 2]
        $0.padding = [1, 0, 0, 1]
        $0.outputPadding = [1, 0]
        $0.groups = 2
      }),
    KernelCase(
      "deconv dilated",
      transposed {
        $0.dilations = [2, 2]
        $0.strides = [1, 2]
      }),
  ]

  private static let pools: [KernelCase] = [
    KernelCase("max pool", .maxPool(threeByThree)),
    KernelCase(
      "max pool ceil",
      .maxPool(
        pooling([3, 2]) {
          $0.strides = [2, 3]
          $0.roundsUp = true
        })),
    KernelCase(
      "max pool dilated",
      .maxPool(
        pooling([2, 2]) {
          $0.dilations = [3, 2]
          $0.padding = [1, 0, 1, 1]
        })),
    KernelCase("average pool", .averagePool(threeByThree, countsPadding: false)),
    KernelCase("average pool counting", .averagePool(threeByThree, countsPadding: true)),
    KernelCase(
      "average pool ceil",
      .averagePool(
        pooling([2, 2]) {
          $0.strides = [2, 2]
          $0.roundsUp = true
        }, countsPadding: false)),
    KernelCase("global average", .globalAveragePool),
    KernelCase("global max", .globalMaxPool),
  ]

  private static let functions: [KernelCase] = [
    KernelCase("leaky relu", .activation(.leakyRelu(slope: 0.1))),
    KernelCase("clip", .activation(.clip(-0.5, 1.25)), inputCount: 1),
    KernelCase("sigmoid", .activation(.sigmoid)),
    KernelCase("hard sigmoid", .activation(.hardSigmoid(alpha: 0.2, beta: 0.4))),
    KernelCase("hard swish", .activation(.hardSwish)),
    KernelCase("gelu", .activation(.gelu(tanhApproximation: false))),
    KernelCase("gelu tanh", .activation(.gelu(tanhApproximation: true))),
    KernelCase("elu", .activation(.elu(alpha: 0.7))),
    KernelCase("softplus", .activation(.softplus)),
    KernelCase("mish", .activation(.mish)),
    KernelCase("prelu", .parametricRelu),
    KernelCase("erf", .unary(.erf)),
    KernelCase("round", .unary(.round)),
    KernelCase("layer norm", .layerNormalization(axis: -1, epsilon: 1e-4)),
    KernelCase("instance norm", .instanceNormalization(epsilon: 1e-4)),
    KernelCase("batch norm", .batchNormalization(epsilon: 1e-5)),
    KernelCase("softmax", .softmax(axis: 1)),
    KernelCase("log softmax", .logSoftmax(axis: -1)),
  ]

  private static let combinations: [KernelCase] = [
    KernelCase("add broadcast", .binary(.add)),
    KernelCase("power", .binary(.power)),
    KernelCase("modulo integers", .binary(.modulo)),
    KernelCase("divide integers", .binary(.divide)),
    KernelCase("select", .select),
    KernelCase("gemm", .gemm(alpha: 0.5, beta: 2, transposesA: true, transposesB: true)),
    KernelCase("matmul batched", .matrixMultiply),
    KernelCase("matmul vector", .matrixMultiply),
    KernelCase("reduce Mean", .reduce(.mean, keepsDimensions: false)),
    KernelCase("reduce Max", .reduce(.max, keepsDimensions: false)),
    KernelCase("reduce Prod", .reduce(.product, keepsDimensions: false)),
    KernelCase("reduce L1", .reduce(.l1, keepsDimensions: false)),
    KernelCase("reduce L2", .reduce(.l2, keepsDimensions: false)),
    KernelCase("reduce SumSquare", .reduce(.sumSquare, keepsDimensions: false)),
    KernelCase("argmax", .argMax(axis: 1, keepsDimensions: false)),
  ]

  private static let movements: [KernelCase] = [
    KernelCase("concat", .concatenate(axis: 1)),
    KernelCase("split", .split(axis: -1)),
    KernelCase("slice", .slice),
    KernelCase("gather", .gather(axis: 1)),
    KernelCase("gather nd", .gatherND(batchDimensions: 0)),
    KernelCase("gather nd batch", .gatherND(batchDimensions: 1)),
    KernelCase("pad constant", .pad(.constant)),
    KernelCase("pad reflect", .pad(.reflect)),
    KernelCase("pad edge", .pad(.edge)),
    KernelCase("tile", .tile),
    KernelCase("expand", .expand),
    KernelCase("transpose", .transpose([2, 0, 1])),
    KernelCase("depth to space", .depthToSpace(blockSize: 2, columnMajor: false)),
    KernelCase("depth to space crd", .depthToSpace(blockSize: 2, columnMajor: true)),
    KernelCase("space to depth", .spaceToDepth(blockSize: 2)),
    KernelCase("top k", .topK(axis: 1, largest: true)),
    KernelCase("top k smallest", .topK(axis: -1, largest: false)),
    KernelCase("nms", .nonMaxSuppression(centerPointBox: false)),
    KernelCase("nms centers", .nonMaxSuppression(centerPointBox: true)),
  ]

  private static let resizes: [KernelCase] = {
    let modes: [(String, Resize.Mode)] = [("nearest", .nearest), ("linear", .linear), ("cubic", .cubic)]
    let coordinates: [(String, Resize.Coordinates)] = [
      ("half_pixel", .halfPixel), ("asymmetric", .asymmetric), ("align_corners", .alignCorners),
      ("pytorch_half_pixel", .pytorchHalfPixel),
    ]
    let roundings: [(String, Resize.Rounding)] = [
      ("round_prefer_ceil", .roundPreferCeil), ("floor", .floor), ("ceil", .ceil),
    ]
    let all = modes.flatMap { mode in
      coordinates.flatMap { coordinate in
        ["up", "down"].map { direction in
          KernelCase("resize \(mode.0) \(coordinate.0) \(direction)", resize(mode.1, coordinate.1))
        }
      }
    }
    return all + roundings.map { KernelCase("resize nearest \($0)", resize(.nearest, .halfPixel, $1)) }
      + [KernelCase("resize to sizes", resize(.linear, .halfPixel))]
  }()

  private static let threeByThree = pooling([3, 3]) {
    $0.strides = [2, 2]
    $0.padding = [1, 1, 1, 1]
  }

  private static func convolution(_ change: (inout Convolution) -> Void) -> Operation {
    var parameters = Convolution()
    change(&parameters)
    return .convolution(parameters)
  }

  private static func transposed(_ change: (inout Convolution) -> Void) -> Operation {
    var parameters = Convolution()
    change(&parameters)
    return .transposedConvolution(parameters)
  }

  private static func pooling(_ kernel: [Int], _ change: (inout Pooling) -> Void) -> Pooling {
    var pooling = Pooling(kernel: kernel)
    change(&pooling)
    return pooling
  }

  private static func resize(
    _ mode: Resize.Mode, _ coordinates: Resize.Coordinates, _ rounding: Resize.Rounding = .roundPreferFloor
  ) -> Operation {
    var parameters = Resize()
    parameters.mode = mode
    parameters.coordinates = coordinates
    parameters.rounding = rounding
    return .resize(parameters)
  }
}
