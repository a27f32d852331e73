internal import CKernels
internal import Inference

/// activation(x · scale + shift), each block of the tensor with its own numbers.
struct MapStep: Step {
  private let input: UnsafePointer<Float>
  private let output: UnsafeMutablePointer<Float>
  private let count: Int
  private let blockLength: Int
  private let scales: [Float]
  private let shifts: [Float]
  private let activations: [CKActivation]

  /// One function for the whole tensor.
  init?(_ node: Graph.Node, _ storage: Storage, activation: CKActivation) {
    let count = storage.shape(node.inputs[0])?.reduce(1, *) ?? 0
    self.init(
      node, storage, blockLength: max(1, min(count, 16384)), scales: [1], shifts: [0], activations: [activation])
  }

  /// Block i takes the numbers at i modulo their count.
  init?(
    _ node: Graph.Node, _ storage: Storage, blockLength: Int, scales: [Float], shifts: [Float],
    activations: [CKActivation]
  ) {
    guard let input = storage.floats(node.inputs[0]), let output = storage.mutableFloats(node.outputs[0]),
      let shape = storage.shape(node.inputs[0]), blockLength > 0
    else { return nil }
    self.input = input
    self.output = output
    count = shape.reduce(1, *)
    self.blockLength = blockLength
    (self.scales, self.shifts, self.activations) = (scales, shifts, activations)
  }

  func run(_ workspace: Workspace) {
    let kernels = workspace.kernels
    workspace.pool.split((count + blockLength - 1) / blockLength) { blocks, _ in
      for block in blocks {
        let start = block * blockLength
        kernels.map(
          input + start, output + start, min(blockLength, count - start), scales[block % scales.count],
          shifts[block % shifts.count], activations[block % activations.count])
      }
    }
  }
}

extension StepBuilder {
  func batchNormalization(_ node: Graph.Node, epsilon: Float) -> (any Step)? {
    let parameters = node.inputs.dropFirst().compactMap { storage.constant($0)?.floats }
    guard parameters.count == 4 else { return nil }
    let scales = parameters[0].indices.map { parameters[0][$0] / (parameters[3][$0] + epsilon).squareRoot() }
    let shifts = scales.indices.map { parameters[1][$0] - parameters[2][$0] * scales[$0] }
    return MapStep(
      node, storage, blockLength: shape(node.inputs[0]).dropFirst(2).reduce(1, *), scales: scales, shifts: shifts,
      activations: [CKActivation(nil)])
  }

  /// One slope a channel.
  func parametricRelu(_ node: Graph.Node) -> (any Step)? {
    let inputShape = shape(node.inputs[0])
    guard let slopes = storage.constant(node.inputs[1]), inputShape.count >= 2, slopes.count == inputShape[1],
      slopes.shape.count == inputShape.count - 1 || slopes.shape.count == inputShape.count,
      slopes.shape[slopes.shape.count - inputShape.count + 1] == inputShape[1]
    else { return nil }
    return MapStep(
      node, storage, blockLength: inputShape.dropFirst(2).reduce(1, *), scales: [1], shifts: [0],
      activations: slopes.floats.map { CKActivation(.leakyRelu(slope: $0)) })
  }
}
