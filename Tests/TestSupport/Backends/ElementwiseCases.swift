internal import Inference

extension BackendConformance {
  static let elementwiseCases: [Case] =
    activations.map { makeCase("\($0)", .activation($0), [[2, 3, 7, 5]], range: -6...6) }
    + unaryFunctions.map { makeCase("\($0)", .unary($0), [[3, 37]], range: -3...3) }
    + [UnaryFunction.sqrt, .log].map { makeCase("\($0)", .unary($0), [[3, 37]], range: 0.1...9) }
    + binaryFunctions.flatMap { function in
      broadcasts.map { makeCase("\(function) \($0) \($1)", .binary(function), [$0, $1], range: 0.2...3) }
    }
    + [
      makeCase("prelu", .parametricRelu, [[2, 6, 5, 7], [6, 1, 1]]),
      makeCase("equal", .binary(.equal), [[4, 5], [5]]),
      makeCase("less", .binary(.less), [[4, 5], [4, 1]]),
      makeCase("select", [[4, 5], [5], [4, 5]]) { builder, x, _ in
        let condition = builder.node(.binary(.greater), [x[0], x[1]])[0]
        return builder.node(.select, [condition, x[2], x[0]])
      },
      makeCase("scaled and shifted", [[1, 4, 5, 6]]) { builder, x, _ in
        let scaled = builder.node(.binary(.multiply), [x[0], builder.constant(Tensor(shape: [], [2.5]))])[0]
        return builder.node(.binary(.add), [scaled, builder.constant(Tensor(shape: [1], [0.5]))])
      },
      makeCase(
        "rounded to a grid", .roundToGrid(QuantizationGrid(scale: 0.3, low: -7, high: 5)), [[3, 37]], range: -3...3),
      makeCase("cast there and back", [[3, 7]], range: -9...9) { builder, x, _ in
        let integers = builder.node(.cast(.int64), x)
        return integers + builder.node(.cast(.float32), integers)
      },
    ]

  private static let unaryFunctions: [UnaryFunction] = [
    .abs, .ceil, .cos, .erf, .exp, .floor, .negate, .reciprocal, .round, .sign, .sin,
  ]

  private static let binaryFunctions: [BinaryFunction] = [
    .add, .subtract, .multiply, .divide, .power, .maximum, .minimum, .modulo,
  ]

  private static let broadcasts: [([Int], [Int])] = [
    ([2, 6, 5, 7], [2, 6, 5, 7]), ([2, 6, 5, 7], [6, 1, 1]), ([2, 6, 1, 1], [2, 6, 5, 7]), ([2, 6, 5, 7], [1]),
    ([5, 1], [3, 1, 7]), ([2, 1, 5, 7], [2, 6, 5, 7]), ([], [3, 4]),
  ]
}
