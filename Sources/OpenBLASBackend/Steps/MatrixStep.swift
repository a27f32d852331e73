internal import CKernels
internal import COpenBLAS
internal import Inference

/// Matrix products by OpenBLAS, called from all threads at once for a part of the rows each.
struct MatrixStep: Step {
  private struct Product {
    var a: UnsafePointer<Float>
    var b: UnsafePointer<Float>
    var c: UnsafeMutablePointer<Float>
    var rows: Int
  }

  private let parts: [Product]
  private let columns: Int
  private let depth: Int
  private let alpha: Float
  private let strides: (a: Int, b: Int)
  private let transposes: (a: Bool, b: Bool)

  /// nil where a term other than a bias a column is added, or broadcasting leaves no plain products.
  init?(_ node: Graph.Node, _ storage: Storage, threads: Int) {
    guard let a = storage.floats(node.inputs[0]), let b = storage.floats(node.inputs[1]),
      let c = storage.mutableFloats(node.outputs[0]), let aShape = storage.shape(node.inputs[0]),
      let bShape = storage.shape(node.inputs[1]), let shape = storage.shape(node.outputs[0]), aShape.count >= 2,
      bShape.count >= 2, (aShape + bShape).allSatisfy({ $0 > 0 })
    else { return nil }
    if case .gemm(let alpha, _, let transposesA, let transposesB) = node.operation {
      guard node.inputs.count < 3 || node.inputs[2] == Graph.Node.absent else { return nil }
      self.alpha = alpha
      transposes = (transposesA, transposesB)
    } else {
      alpha = 1
      transposes = (false, false)
    }
    columns = shape[shape.count - 1]
    depth = transposes.a ? aShape[aShape.count - 2] : aShape[aShape.count - 1]
    strides = (aShape[aShape.count - 1], bShape[bShape.count - 1])
    var rows = shape[shape.count - 2]
    var batch = shape.dropLast(2).reduce(1, *)
    let (aBatch, bBatch) = (aShape.dropLast(2).reduce(1, *), bShape.dropLast(2).reduce(1, *))
    if bBatch == 1, aBatch == batch, !transposes.a {
      // One right side for all: the left matrices lie on top of each other.
      (rows, batch) = (rows * batch, 1)
    } else if aBatch != batch || bBatch != batch {
      guard aBatch == 1 || aBatch == batch, bBatch == 1 || bBatch == batch else { return nil }
    }
    let (aSize, bSize) = (aShape.suffix(2).reduce(1, *), bShape.suffix(2).reduce(1, *))
    let pieces = max(1, min(rows / 8, threads * 2 / max(1, min(batch, threads))))
    var parts: [Product] = []
    for index in 0..<batch {
      for piece in 0..<pieces {
        let (first, end) = (rows * piece / pieces, rows * (piece + 1) / pieces)
        let matrix = a + (aBatch == 1 ? 0 : index * aSize)
        parts.append(
          Product(
            a: matrix + (transposes.a ? first : first * strides.a), b: b + (bBatch == 1 ? 0 : index * bSize),
            c: c + (index * rows + first) * columns, rows: end - first))
      }
    }
    self.parts = parts
  }

  func run(_ workspace: Workspace) {
    workspace.pool.run(chunks: parts.count) { index, _ in
      let part = parts[index]
      copenblas_sgemm(
        transposes.a ? 1 : 0, transposes.b ? 1 : 0, Int32(part.rows), Int32(columns), Int32(depth), alpha, part.a,
        Int32(strides.a), part.b, Int32(strides.b), 0, part.c, Int32(columns))
    }
  }
}
