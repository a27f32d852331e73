internal import Inference

extension BackendConformance {
  static let matrixCases: [Case] = [
    makeCase("matrix product", .matrixMultiply, [[9, 17], [17, 12]]),
    makeCase("matrix product, batched", .matrixMultiply, [[2, 3, 9, 17], [2, 3, 17, 12]]),
    makeCase("matrix product, broadcast", .matrixMultiply, [[2, 3, 9, 17], [17, 12]]),
    makeCase("matrix product, both broadcast", .matrixMultiply, [[2, 1, 9, 17], [3, 17, 12]]),
    makeCase("matrix times vector", .matrixMultiply, [[3, 9, 17], [17]]),
    makeCase("vector times matrix", .matrixMultiply, [[17], [3, 17, 4]]),
    gemm("gemm", [5, 24], [24, 11], nil),
    gemm("gemm transposed", [24, 5], [11, 24], [11], transposesA: true, transposesB: true),
    gemm("gemm with a column", [5, 24], [24, 11], [5, 1], alpha: 0.5, beta: 2),
  ]

  private static func gemm(
    _ name: String, _ a: [Int], _ b: [Int], _ c: [Int]?, alpha: Float = 1, beta: Float = 1, transposesA: Bool = false,
    transposesB: Bool = false
  ) -> Case {
    let operation = Operation.gemm(alpha: alpha, beta: beta, transposesA: transposesA, transposesB: transposesB)
    return makeCase(name, operation, [a, b] + (c.map { [$0] } ?? []))
  }
}
