internal import Inference

/// Where the taps of kernels lie in a tensor of weights.
struct KernelLayout {
  var form: WinogradForm
  var outputs: Int
  var inputs: Int
  /// The first tap of the first kernel, and how far it is to the next output, input, row and column.
  var first: Int
  var outputStep: Int
  var inputStep: Int
  var rowStep: Int
  var columnStep: Int
}

/// Kernels of 3×3 or 2×2 taps, transformed to as many numbers as a tile sees pixels: one matrix for each pixel, packed.
struct WinogradWeights {
  let form: WinogradForm
  private let inputs: Int
  private let packed: PackedWeights

  /// - Parameter packed: what `pack` made of the kernels.
  init(_ layout: KernelLayout, _ packed: PackedWeights) {
    (form, inputs) = (layout.form, layout.inputs)
    self.packed = packed
  }

  static func pack(_ weights: Tensor, _ layout: KernelLayout, bias: [Float], panelHeight: Int) throws -> PackedWeights {
    let (form, taps, edge) = (layout.form, layout.form.taps, layout.form.edge)
    let packed = try PackedWeights(
      rows: layout.outputs, depth: edge * edge * layout.inputs, panelHeight: panelHeight, bias: bias)
    weights.withFloats { all in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: edge * taps) { half in
        for output in 0..<layout.outputs {
          for input in 0..<layout.inputs {
            let first = layout.first + output * layout.outputStep + input * layout.inputStep
            for column in 0..<taps {
              let tap = { (row: Int) in Double(all[first + row * layout.rowStep + column * layout.columnStep]) }
              transform(form, tap) { half[$0 * taps + column] = $1 }
            }
            for row in 0..<edge {
              transform(form, { half[row * taps + $0] }) { column, value in
                packed[output, (row * edge + column) * layout.inputs + input] = Float(value)
              }
            }
          }
        }
      }
    }
    return packed
  }

  var rows: Int { packed.rows }
  var bias: UnsafePointer<Float>? { packed.bias }
  var panelHeight: Int { packed.panelHeight }
  var panelCount: Int { packed.panelCount }

  func panel(_ rows: Int, _ position: Int) -> UnsafePointer<Float> {
    packed.panel(rows) + position * inputs * panelHeight
  }

  /// Multiplies two or three taps by the matrix G of the form's points (see `kernels/winograd.inc`).
  @inline(__always)
  private static func transform(
    _ form: WinogradForm, _ tap: (Int) -> Double, _ store: (_ index: Int, _ value: Double) -> Void
  ) {
    let (x, y) = (tap(0), tap(1))
    switch (form.tile, form.taps) {
    case (2, 2):
      store(0, x)
      store(1, x + y)
      store(2, y)
    case (2, _):
      let z = tap(2)
      store(0, -x)
      store(1, (x + z + y) / 2)
      store(2, (x + z - y) / 2)
      store(3, z)
    case (_, 2):
      store(0, x / 2)
      store(1, -(x + y) / 2)
      store(2, -(x - y) / 6)
      store(3, x / 6 + y / 3)
      store(4, y)
    default:
      let z = tap(2)
      let (outer, far) = ((x + z) / 6, x / 24 + z / 6)
      store(0, x / 4)
      store(1, -outer - y / 6)
      store(2, -outer + y / 6)
      store(3, far + y / 12)
      store(4, far - y / 12)
      store(5, z)
    }
  }
}
