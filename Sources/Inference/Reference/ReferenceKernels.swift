/// Every operation as plain loops over row-major tensors: the specification that the fast backends are tested against,
/// what constants are folded with, and what a backend falls back to for operations it has no kernel for.
public enum ReferenceKernels {
  /// Computes one operation. `inputs` has nil for optional inputs that are not given.
  ///
  /// - Parameter byteLimit: What each result may take.
  /// - Throws: `InferenceError` where the inputs do not fit the operation, and where there is no memory for the results.
  public static func evaluate(
    _ operation: Operation, _ inputs: [Tensor?], outputCount: Int = 1, byteLimit: Int = .max
  ) throws -> [Tensor] {
    let operands = Operands(inputs, byteLimit: byteLimit)
    let operation = try operation.canonical(operands)
    var types: [TensorType] = []
    do {
      types = try operation.outputTypes(operands, outputCount: outputCount).map { try operands.permitted($0) }
    } catch is Operands.DataDependent {
      // The inputs fit; how many results there are is found by computing them.
    }
    return try operation.rules.evaluate(operands, types)
  }
}
