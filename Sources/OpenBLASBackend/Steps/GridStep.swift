internal import Inference

/// Rounds numbers to those that a quantised network knows.
struct GridStep: Step {
  private let input: UnsafePointer<Float>
  private let output: UnsafeMutablePointer<Float>
  private let count: Int
  private let grid: QuantizationGrid

  init?(_ node: Graph.Node, _ storage: Storage, _ grid: QuantizationGrid) {
    guard let input = storage.floats(node.inputs[0]), let output = storage.mutableFloats(node.outputs[0]),
      let shape = storage.shape(node.inputs[0])
    else { return nil }
    (self.input, self.output, self.grid) = (input, output, grid)
    count = shape.reduce(1, *)
  }

  func run(_ workspace: Workspace) {
    workspace.pool.split(count, step: 4096) { range, _ in
      grid.round(input + range.lowerBound, to: output + range.lowerBound, count: range.count)
    }
  }
}
