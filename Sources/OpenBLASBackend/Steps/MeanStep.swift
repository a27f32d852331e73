internal import CKernels
internal import Inference

/// Means over the last axes, such as global average pooling.
struct MeanStep: Step {
  private let input: UnsafePointer<Float>
  private let output: UnsafeMutablePointer<Float>
  private let rows: Int
  private let rowLength: Int

  init?(_ node: Graph.Node, _ storage: Storage, keptAxes: Int) {
    guard let input = storage.floats(node.inputs[0]), let output = storage.mutableFloats(node.outputs[0]),
      let shape = storage.shape(node.inputs[0]), shape.allSatisfy({ $0 > 0 })
    else { return nil }
    (self.input, self.output) = (input, output)
    rows = shape[..<keptAxes].reduce(1, *)
    rowLength = shape[keptAxes...].reduce(1, *)
  }

  func run(_ workspace: Workspace) {
    let kernels = workspace.kernels
    workspace.pool.split(rows) { range, _ in
      for row in range { output[row] = kernels.sum(input + row * rowLength, rowLength) / Float(rowLength) }
    }
  }
}

extension StepBuilder {
  /// nil where other than the last axes are averaged.
  func mean(_ node: Graph.Node) -> (any Step)? {
    let rank = shape(node.inputs[0]).count
    guard node.inputs.count > 1, let axes = storage.constant(node.inputs[1])?.integers, !axes.isEmpty else {
      return MeanStep(node, storage, keptAxes: 0)
    }
    let resolved = axes.map { $0 < 0 ? Int($0) + rank : Int($0) }.sorted()
    guard resolved == Array((rank - resolved.count)..<rank) else { return nil }
    return MeanStep(node, storage, keptAxes: rank - resolved.count)
  }
}
