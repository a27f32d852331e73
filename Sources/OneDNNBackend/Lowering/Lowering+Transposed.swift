#if OneDNN

internal import Inference

/// Of a transposed convolution with stride 2, the results in even and odd rows and columns are four convolutions with
/// stride 1 over the source, each with the part of the kernel that meets it. oneDNN's own deconvolution of this kind
/// runs at a fifth of the speed.
extension Lowering {
  mutating func lowerTransposed(_ node: Graph.Node, _ parameters: Convolution) throws -> Bool {
    guard parameters.strides == [2, 2], parameters.dilations == [1, 1], residual(node) == nil,
      let weights = constant(node, 1), let bias = optionalConstant(node, 2)
    else { return false }
    let (source, result) = (shape(node.inputs[0]), shape(node.outputs[0]))
    guard result[2] == 2 * source[2], result[3] == 2 * source[3] else { return false }
    var requests: [ConvolutionRequest] = []
    for row in 0..<2 {
      for column in 0..<2 {
        let taps = [(row, 0), (column, 1)].map { phase, axis in
          PhaseTaps(phase: phase, kernel: weights.shape[2 + axis], padding: parameters.padding[axis])
        }
        guard taps.allSatisfy(\.areConvolution) else { return false }
        var convolution = Convolution()
        convolution.activation = parameters.activation
        convolution.groups = parameters.groups
        convolution.padding = [taps[0].before, taps[1].before, taps[0].after, taps[1].after]
        requests.append(
          ConvolutionRequest(
            source: node.inputs[0], parameters: convolution,
            weights: .phase(weights, groups: parameters.groups, rows: taps[0].positions, columns: taps[1].positions),
            kernel: taps.map(\.positions.count), bias: bias.tensor, resultShape: Array(result[..<2] + source[2...])))
      }
    }
    let image = newImage(for: node.outputs[0])
    if let method = chooser.ownMethod(for: key(requests[0])) {
      for (index, request) in requests.enumerated() {
        try append(method, request, into: image, phase: .init(step: 2, row: index / 2, column: index % 2))
      }
    } else {
      let phases = try requests.map { try convolve($0) }
      program.steps.append(InterleaveStep(phases: phases, result: image))
    }
    images[node.outputs[0]] = image
    return true
  }
}

/// Along one axis, the kernel's positions that meet the results of one phase (0 even, 1 odd), in the order of a
/// convolution: result 2q + phase = Σ source[q - before + u] · kernel[positions[u]].
struct PhaseTaps {
  var positions: [Int]
  var before: Int
  /// Padding that makes as many results as there are sources.
  var after: Int

  init(phase: Int, kernel: Int, padding: Int) {
    let first = (phase + padding) % 2
    positions = Array(stride(from: first, to: kernel, by: 2).reversed())
    let reach = (phase + padding - first) / 2
    before = positions.count - 1 - reach
    after = reach
  }

  var areConvolution: Bool { !positions.isEmpty && before >= 0 && after >= 0 }
}

#endif
