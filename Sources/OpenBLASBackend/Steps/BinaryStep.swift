internal import CKernels
internal import Inference

/// Sums, products and the like with broadcasting: axes that both operands walk alike are joined, so that the rows handed
/// to the kernel are long.
struct BinaryStep: Step {
  private let function: CKBinary
  private let a: UnsafePointer<Float>
  private let b: UnsafePointer<Float>
  private let output: UnsafeMutablePointer<Float>
  private let rowLength: Int
  private let rowSteps: (a: Int, b: Int)
  /// Where the rows of both operands begin; row i of the result begins at i · rowLength.
  private let rows: [(a: Int, b: Int)]

  init?(_ node: Graph.Node, _ storage: Storage, _ function: BinaryFunction) {
    guard let kernel = CKBinary(function), let a = storage.floats(node.inputs[0]),
      let b = storage.floats(node.inputs[1]), let output = storage.mutableFloats(node.outputs[0]),
      let aShape = storage.shape(node.inputs[0]), let bShape = storage.shape(node.inputs[1]),
      let shape = storage.shape(node.outputs[0]), shape.allSatisfy({ $0 > 0 })
    else { return nil }
    self.function = kernel
    (self.a, self.b, self.output) = (a, b, output)
    let axes = BroadcastAxis.joined(aShape, bShape, shape)
    let inner = axes[axes.count - 1]
    let count = shape.reduce(1, *)
    // Long rows are cut, so that the threads share them.
    let piece = inner.size > 8192 ? 8192 : inner.size
    guard inner.size % piece == 0 || axes.count == 1, inner.steps.a <= 1, inner.steps.b <= 1 else { return nil }
    rowLength = inner.size % piece == 0 ? piece : inner.size
    rowSteps = inner.steps
    var rows: [(a: Int, b: Int)] = []
    for row in 0..<count / rowLength {
      var index = row * rowLength
      var offsets = (a: 0, b: 0)
      for axis in axes.reversed() {
        let position = index % axis.size
        offsets.a += position * axis.steps.a
        offsets.b += position * axis.steps.b
        index /= axis.size
      }
      rows.append(offsets)
    }
    self.rows = rows
  }

  func run(_ workspace: Workspace) {
    let kernels = workspace.kernels
    workspace.pool.split(rows.count) { range, _ in
      for row in range {
        kernels.binary(
          function, a + rows[row].a, rowSteps.a, b + rows[row].b, rowSteps.b, output + row * rowLength, rowLength)
      }
    }
  }
}

/// An axis of the result and how far one step along it goes in either operand.
private struct BroadcastAxis {
  var size: Int
  var steps: (a: Int, b: Int)

  static func joined(_ a: [Int], _ b: [Int], _ shape: [Int]) -> [BroadcastAxis] {
    let (aSteps, bSteps) = (steps(a, rank: shape.count), steps(b, rank: shape.count))
    var axes: [BroadcastAxis] = []
    for axis in shape.indices where shape[axis] > 1 {
      let next = BroadcastAxis(size: shape[axis], steps: (aSteps[axis], bSteps[axis]))
      if let last = axes.last, last.steps.a == next.steps.a * next.size, last.steps.b == next.steps.b * next.size {
        axes[axes.count - 1] = BroadcastAxis(size: last.size * next.size, steps: next.steps)
      } else {
        axes.append(next)
      }
    }
    return axes.isEmpty ? [BroadcastAxis(size: 1, steps: (0, 0))] : axes
  }

  private static func steps(_ shape: [Int], rank: Int) -> [Int] {
    var step = 1
    var steps = Array(repeating: 0, count: rank)
    for axis in shape.indices.reversed() {
      if shape[axis] > 1 { steps[axis + rank - shape.count] = step }
      step *= shape[axis]
    }
    return steps
  }
}
