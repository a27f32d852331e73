internal import CKernels
internal import Inference

/// Resizes height and width of N×C×H×W: rows are mixed first, then the pixels within them.
struct ResizeStep: Step {
  private let vertical: ResizeTaps
  private let horizontal: ResizeTaps
  private let input: UnsafePointer<Float>
  private let output: UnsafeMutablePointer<Float>
  private let inputShape: [Int]
  private let outputShape: [Int]
  /// The start of every tap's row in a plane.
  private let rows: [Int]

  init?(_ node: Graph.Node, _ storage: Storage, _ parameters: Resize) {
    guard let input = storage.floats(node.inputs[0]), let output = storage.mutableFloats(node.outputs[0]),
      let inputShape = storage.shape(node.inputs[0]), let outputShape = storage.shape(node.outputs[0]),
      inputShape.count == 4, inputShape[..<2] == outputShape[..<2]
    else { return nil }
    var scales = zip(outputShape, inputShape).map { Float($0) / Float($1) }
    let givesSizes = node.inputs.count > 3 && storage.constant(node.inputs[3]).map { $0.count > 0 } == true
    if !givesSizes, node.inputs.count > 2, let given = storage.constant(node.inputs[2]) {
      guard given.elementType == .float32, given.count == 4 else { return nil }
      scales = given.floats
    }
    guard scales[0] == 1, scales[1] == 1 else { return nil }
    vertical = ResizeTaps(parameters, input: inputShape[2], output: outputShape[2], scale: scales[2])
    horizontal = ResizeTaps(parameters, input: inputShape[3], output: outputShape[3], scale: scales[3])
    rows = vertical.indices.map { $0 * inputShape[3] }
    (self.input, self.output, self.inputShape, self.outputShape) = (input, output, inputShape, outputShape)
  }

  var scratch: ScratchNeed { ScratchNeed(threadFloats: inputShape[3] + 64) }

  func run(_ workspace: Workspace) {
    let (width, target) = (inputShape[3], (height: outputShape[2], width: outputShape[3]))
    let kernels = workspace.kernels
    workspace.pool.split(outputShape[0] * outputShape[1]) { planes, thread in
      let mixed = workspace.scratch(of: thread)
      rows.withUnsafeBufferPointer { rows in
        vertical.weights.withUnsafeBufferPointer { weights in
          guard let firstRow = rows.baseAddress, let firstWeight = weights.baseAddress else { return }
          for plane in planes {
            let source = input + plane * inputShape[2] * width
            for y in 0..<target.height {
              var row = UnsafePointer(mixed)
              if vertical.tapCount == 1 {
                row = source + rows[y]
              } else {
                let tap = y * vertical.tapCount
                kernels.mix_rows(source, firstRow + tap, firstWeight + tap, vertical.tapCount, mixed, width)
              }
              spread(row, to: output + (plane * target.height + y) * target.width)
            }
          }
        }
      }
    }
  }

  private func spread(_ row: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>) {
    horizontal.indices.withUnsafeBufferPointer { indices in
      horizontal.weights.withUnsafeBufferPointer { weights in
        switch horizontal.tapCount {
        case 1:
          for x in indices.indices { result[x] = row[indices[x]] }
        case 2:
          for x in 0..<outputShape[3] {
            result[x] = weights[2 * x] * row[indices[2 * x]] + weights[2 * x + 1] * row[indices[2 * x + 1]]
          }
        default:
          for x in 0..<outputShape[3] {
            var sum: Float = 0
            for tap in x * horizontal.tapCount..<(x + 1) * horizontal.tapCount {
              sum += weights[tap] * row[indices[tap]]
            }
            result[x] = sum
          }
        }
      }
    }
  }
}
