internal import Inference

extension BackendConformance {
  static let poolingCases: [Case] =
    [
      pool("3×3 stride 2", [3, 3]) {
        $0.strides = [2, 2]
        $0.padding = [1, 1, 1, 1]
      },
      pool("5×5 stride 1", [5, 5]) { $0.padding = [2, 2, 2, 2] },
      pool("2×2 rounded up", [2, 2]) {
        $0.strides = [2, 2]
        $0.roundsUp = true
      },
      pool("3×2 dilated", [3, 2]) { $0.dilations = [2, 3] },
      pool("same", [2, 3]) {
        $0.strides = [2, 2]
        $0.autoPad = .sameUpper
      },
    ].flatMap { $0 } + [
      makeCase("global average pool", .globalAveragePool, [[2, 5, 7, 6]]),
      makeCase("global max pool", .globalMaxPool, [[2, 5, 7, 6]]),
    ]

  private static func pool(_ name: String, _ kernel: [Int], _ change: (inout Pooling) -> Void) -> [Case] {
    var pooling = Pooling(kernel: kernel)
    change(&pooling)
    let shape = [[2, 5, 13, 10]]
    return [
      makeCase("max pool \(name)", .maxPool(pooling), shape),
      makeCase("average pool \(name)", .averagePool(pooling, countsPadding: false), shape),
      makeCase("average pool \(name), padding counted", .averagePool(pooling, countsPadding: true), shape),
    ]
  }
}
