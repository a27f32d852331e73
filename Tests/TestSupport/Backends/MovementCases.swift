internal import Inference

extension BackendConformance {
  static let movementCases: [Case] =
    [
      makeCase("concatenate channels", .concatenate(axis: 1), [[2, 3, 4, 5], [2, 1, 4, 5], [2, 6, 4, 5]]),
      makeCase("concatenate the last axis", .concatenate(axis: -1), [[2, 3, 4], [2, 3, 1]]),
      makeCase("concatenate twice the same", [[1, 3, 4, 4]]) { builder, x, _ in
        builder.node(.concatenate(axis: 1), [x[0], x[0]])
      },
      makeCase("split channels", .split(axis: 1), [[2, 7, 4, 5]], constants: [integers(3, 4)], outputs: 2),
      makeCase(
        "slice", .slice, [[4, 5, 6]], constants: [integers(1, -2), integers(100, 0), integers(0, 2), integers(2, -2)]),
      makeCase("reshape", .reshape(allowsZero: false), [[2, 6, 4]], constants: [integers(0, -1)]),
      makeCase("flatten", .flatten(axis: 2), [[2, 3, 4, 5]]),
      makeCase("squeeze", .squeeze, [[2, 1, 4, 1]]),
      makeCase("unsqueeze", .unsqueeze, [[2, 4]], constants: [integers(1, -1)]),
      makeCase("transpose to pixels first", .transpose([0, 2, 3, 1]), [[2, 6, 5, 7]]),
      makeCase("transpose backwards", .transpose([]), [[3, 4, 5]]),
      makeCase("expand", .expand, [[3, 1]], constants: [integers(2, 1, 4)]),
      makeCase("tile", .tile, [[2, 3]], constants: [integers(2, 3)]),
      makeCase("gather", .gather(axis: 1), [[2, 5, 3]], constants: [integers(4, 0, -2)]),
      makeCase(
        "gather elements", .gatherElements(axis: 1), [[2, 5, 3]],
        constants: [
          Tensor(shape: [2, 2, 1], [Int64(4), 0, -1, 2])
        ]),
      makeCase(
        "cumulative sum", .cumulativeSum(isExclusive: false, isReversed: true), [[2, 6, 4]], constants: [integers(1)]),
      makeCase("triangle", .triangle(isUpper: true), [[2, 5, 4]]),
      makeCase("pad", .pad(.constant), [[1, 2, 4, 5]], constants: [integers(0, 0, 1, 2, 0, 0, 3, 0)]),
      makeCase("pad by reflection", .pad(.reflect), [[1, 2, 4, 5]], constants: [integers(0, 0, 1, 2, 0, 0, 3, 0)]),
      makeCase("depth to space", .depthToSpace(blockSize: 2, columnMajor: false), [[2, 12, 3, 4]]),
      makeCase("depth to space, channel first", .depthToSpace(blockSize: 2, columnMajor: true), [[2, 12, 3, 4]]),
      makeCase("space to depth", .spaceToDepth(blockSize: 2), [[2, 3, 6, 4]]),
      makeCase("top k", .topK(axis: 1, largest: true), [[3, 9]], constants: [integers(4)], outputs: 2),
      makeCase("argmax", .argMax(axis: 1, keepsDimensions: true), [[3, 9, 2]]),
      makeCase("identity of an input", .identity, [[3, 4]]),
      makeCase("reduce to a mean", .reduce(.mean, keepsDimensions: true), [[2, 5, 4, 3]], constants: [integers(2, 3)]),
      makeCase("reduce to a maximum", .reduce(.max, keepsDimensions: false), [[2, 5, 4]], constants: [integers(1)]),
      makeCase("reduce everything", .reduce(.l2, keepsDimensions: false), [[2, 5, 4]]),
      makeCase("suppress overlaps", [[1, 12, 4], [1, 2, 12]], range: 0...1) { builder, x, _ in
        let parameters = [
          builder.constant(integers(5)), builder.constant(Tensor(shape: [1], [0.4])),
          builder.constant(Tensor(shape: [1], [0.2])),
        ]
        let kept = builder.node(.nonMaxSuppression(centerPointBox: false), x + parameters)[0]
        return [kept] + builder.node(.cast(.float32), [kept])
      },
    ] + resizeCases

  private static let resizeCases: [Case] = [
    resize("twice, nearest", [1, 1, 2, 2]) {
      $0.coordinates = .asymmetric
      $0.rounding = .floor
    },
    resize("four times, nearest", [1, 1, 4, 4]) { $0.coordinates = .halfPixel },
    resize("nearest, uneven", [1, 1, 1.6, 0.7]) { _ in },
    resize("twice, linear", [1, 1, 2, 2]) { $0.mode = .linear },
    resize("linear, corners aligned", [1, 1, 2, 3]) {
      $0.mode = .linear
      $0.coordinates = .alignCorners
    },
    resize("cubic", [1, 1, 2, 0.5]) { $0.mode = .cubic },
  ]

  private static func resize(_ name: String, _ scales: [Float], _ change: (inout Resize) -> Void) -> Case {
    var parameters = Resize()
    change(&parameters)
    return makeCase("resize \(name)", [[2, 3, 6, 8]]) { builder, x, _ in
      let scales = builder.constant(Tensor(shape: [4], scales))
      return builder.node(.resize(parameters), [x[0], Graph.Node.absent, scales])
    }
  }

  static func integers(_ values: Int64...) -> Tensor {
    Tensor(shape: [values.count], values)
  }
}
