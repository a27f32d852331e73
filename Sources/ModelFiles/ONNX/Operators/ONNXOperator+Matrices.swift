internal import Inference

extension ONNXOperator {
  static let matrices: [String: ONNXOperator] = [
    "MatMul": .direct(2, .matrixMultiply),
    "Einsum": ONNXOperator(any) { importer, node in
      let equation = try node.attributes.string("equation", "")
      do {
        try importer.emit(.einsum(equation), node.inputs, for: node)
      } catch let error as InferenceError {
        throw node.error(.malformed, error.message)
      }
    },
    "Gemm": ONNXOperator(2...3) { importer, node in
      let operation = Operation.gemm(
        alpha: try node.attributes.float("alpha", 1), beta: try node.attributes.float("beta", 1),
        transposesA: try node.attributes.flag("transA"), transposesB: try node.attributes.flag("transB"))
      try importer.emit(operation, node.inputs, for: node)
    },
  ]
}
