internal import Inference

extension ONNXOperator {
  static let matrices: [String: ONNXOperator] = [
    "MatMul": .direct(2, .matrixMultiply),
    "Gemm": ONNXOperator(2...3) { importer, node in
      let operation = Operation.gemm(
        alpha: try node.attributes.float("alpha", 1), beta: try node.attributes.float("beta", 1),
        transposesA: try node.attributes.flag("transA"), transposesB: try node.attributes.flag("transB"))
      try importer.emit(operation, node.inputs, for: node)
    },
  ]
}
