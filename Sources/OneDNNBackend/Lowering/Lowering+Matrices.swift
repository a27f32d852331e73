#if OneDNN

internal import Inference

extension Lowering {
  /// Products of matrices over tensors. Returns false for forms that the reference kernels have to take.
  mutating func lowerMatrix(_ node: Graph.Node) throws -> Bool {
    switch node.operation {
    case .gemm, .matrixMultiply: break
    default: return false
    }
    guard node.inputs.count >= 2, let a = types[node.inputs[0]]?.shape, let b = types[node.inputs[1]]?.shape,
      let result = types[node.outputs[0]], result.elementType == .float32, result.count > 0
    else { return false }
    var step = MatrixStep(
      a: node.inputs[0], b: node.inputs[1], result: node.outputs[0], resultShape: result.shape, rows: 0, columns: 0,
      depth: 0)
    switch node.operation {
    case .gemm(let alpha, _, let transposesA, let transposesB):
      guard node.inputs.count < 3 || node.inputs[2] == Graph.Node.absent else { return false }
      (step.alpha, step.transposesA, step.transposesB) = (alpha, transposesA, transposesB)
      (step.rows, step.depth) = transposesA ? (a[1], a[0]) : (a[0], a[1])
      step.columns = result.shape[1]
    case .matrixMultiply:
      guard a.count >= 2, b.count >= 2 else { return false }
      (step.rows, step.depth, step.columns) = (a[a.count - 2], a[a.count - 1], b[b.count - 1])
      if b.count == 2 {
        // One matrix for all: the batch is more rows.
        step.rows = a.dropLast().reduce(1, *)
      } else {
        guard a.dropLast(2) == b.dropLast(2) else { return false }
        step.count = a.dropLast(2).reduce(1, *)
        (step.strideA, step.strideB) = (step.rows * step.depth, step.depth * step.columns)
      }
    default: return false
    }
    guard step.depth > 0 else { return false }
    program.steps.append(step)
    return true
  }
}

#endif
