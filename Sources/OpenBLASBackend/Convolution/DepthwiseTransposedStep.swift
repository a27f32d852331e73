internal import CKernels
internal import Inference

/// A transposed convolution of each channel on its own: every phase of the output is a small depthwise convolution, and a
/// thread weaves the phases of a plane while they are in its cache.
struct DepthwiseTransposedStep: Step {
  struct Phase {
    var rows: PhaseAxis
    var columns: PhaseAxis
    /// Where the pixels under the taps of the first result lie in the padded plane.
    var offsets: [Int]
    /// Taps a channel.
    var weights: [Float]
  }

  let phases: [Phase]
  let padded: PaddedImages
  let strides: [Int]
  let bias: [Float]
  let activation: CKActivation
  let input: UnsafePointer<Float>
  let output: UnsafeMutablePointer<Float>
  let residual: UnsafePointer<Float>?
  let outputShape: [Int]

  private var area: Int { outputShape[2] * outputShape[3] }
  private var paddedFloats: Int { padded.planeLength + 64 }

  var scratch: ScratchNeed { ScratchNeed(threadFloats: paddedFloats + area + 64) }

  func run(_ workspace: Workspace) {
    workspace.pool.split(outputShape[0] * outputShape[1]) { planes, thread in
      for plane in planes { run(plane, workspace.scratch(of: thread), workspace.kernels) }
    }
  }

  private func run(_ plane: Int, _ source: UnsafeMutablePointer<Float>, _ kernels: CKPlaneKernels) {
    padded.fill(source, plane: input + plane * padded.height * padded.width, kernels)
    let result = source + paddedFloats
    let target = output + plane * area
    let channel = plane % outputShape[1]
    for phase in phases {
      phase.weights.withUnsafeBufferPointer { weights in
        kernels.depthwise(
          source, padded.rowLength, phase.offsets,
          weights.baseAddress.map { $0 + channel * phase.offsets.count }, phase.offsets.count, result,
          phase.rows.count, phase.columns.count, bias.isEmpty ? 0 : bias[channel], nil, CKActivation(nil))
      }
      for y in 0..<phase.rows.count {
        let row =
          target + (phase.rows.firstOutput + y * strides[0]) * outputShape[3] + phase.columns.firstOutput
        for x in 0..<phase.columns.count { row[x * strides[1]] = result[y * phase.columns.count + x] }
      }
    }
    if let residual { kernels.binary(.add, target, 1, residual + plane * area, 1, target, area) }
    if activation.kind != .identity { kernels.map(target, target, area, 1, 0, activation) }
  }
}

extension StepBuilder {
  /// nil where the transposed convolution is not depthwise.
  func depthwiseTransposed(_ node: Graph.Node, _ parameters: Convolution) -> (any Step)? {
    guard parameters.groups > 1, parameters.dilations == [1, 1], let weights = storage.constant(node.inputs[1]),
      weights.shape[0] == parameters.groups, weights.shape[1] == 1, let input = storage.floats(node.inputs[0]),
      storage.constant(node.inputs[0]) == nil, let output = storage.mutableFloats(node.outputs[0]),
      let bias = bias(node, count: parameters.groups)
    else { return nil }
    let layout = TransposedLayout(
      parameters, kernel: Array(weights.shape[2...]), input: shape(node.inputs[0]), output: shape(node.outputs[0]))
    let kernelArea = weights.shape[2] * weights.shape[3]
    let all = weights.floats
    let phases = layout.phases.map { phase in
      DepthwiseTransposedStep.Phase(
        rows: phase.rows, columns: phase.columns, offsets: layout.offsets(phase),
        weights: (0..<parameters.groups).flatMap { channel in
          phase.taps.map { all[channel * kernelArea + $0.y * weights.shape[3] + $0.x] }
        })
    }
    return DepthwiseTransposedStep(
      phases: phases, padded: layout.padded, strides: parameters.strides, bias: bias,
      activation: CKActivation(parameters.activation), input: input, output: output, residual: residual(node),
      outputShape: shape(node.outputs[0]))
  }
}
