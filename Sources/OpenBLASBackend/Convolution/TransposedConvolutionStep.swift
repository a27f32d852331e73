internal import CKernels
internal import Inference

/// A transposed convolution as one small convolution for each phase of the output: the results at rows and columns that
/// leave the same remainders modulo the strides see the same taps of the kernel (Shi et al., "Is the deconvolution layer
/// the same as a convolutional layer?", 2016). The phases are woven together at the end.
struct TransposedConvolutionStep: Step {
  /// Where the results of a phase go, and where they lie before.
  struct Phase {
    /// First output row and column.
    var y: Int
    var x: Int
    var height: Int
    var width: Int
    /// Floats of the phases before it.
    var start: Int
  }

  /// One a phase.
  let products: [any ImageProduct]
  let phases: [Phase]
  let padded: PaddedImages
  let strides: [Int]
  let input: UnsafePointer<Float>
  let output: UnsafeMutablePointer<Float>
  let residual: UnsafePointer<Float>?
  let outputShape: [Int]
  let activation: CKActivation
  let threads: Int

  private var images: Int { outputShape[0] }
  private var outputArea: Int { outputShape[2] * outputShape[3] }
  private var paddedFloats: Int { images * padded.imageLength + 64 }
  private var phaseFloats: Int { images * outputShape[1] * outputArea + 64 }

  var scratch: ScratchNeed {
    let needs = products.map { $0.scratch(images: images, threads: threads) }
    return ScratchNeed(
      sharedFloats: paddedFloats + phaseFloats + (needs.map(\.sharedFloats).max() ?? 0),
      threadFloats: needs.map(\.threadFloats).max() ?? 0)
  }

  func run(_ workspace: Workspace) {
    let source = workspace.sharedScratch
    let results = source + paddedFloats
    padded.fill(source, from: input, images: images, workspace)
    for (phase, product) in zip(phases, products) {
      let area = phase.height * phase.width
      product.run(
        ProductImages(
          source: source, sourceStride: padded.imageLength, output: results + phase.start,
          outputStride: outputShape[1] * area, rowStride: area, residual: nil, count: images),
        workspace, shared: results + phaseFloats)
    }
    workspace.pool.run(chunks: images * outputShape[1]) { plane, _ in
      weave(plane, UnsafePointer(results), workspace.kernels)
      if let residual { finish(plane, adding: residual, workspace.kernels) }
    }
  }

  private func weave(_ plane: Int, _ results: UnsafePointer<Float>, _ kernels: CKPlaneKernels) {
    let target = output + plane * outputArea
    // Phases of the same rows follow each other.
    let weavesPairs = strides[1] == 2 && outputShape[3] % 2 == 0
    for index in stride(from: 0, to: phases.count, by: weavesPairs ? 2 : 1) {
      let phase = phases[index]
      for y in 0..<phase.height {
        let row = target + (phase.y + y * strides[0]) * outputShape[3]
        let before = (plane * phase.height + y) * phase.width
        let part = results + phase.start + before
        if weavesPairs {
          let other = results + phases[index + 1].start + before
          kernels.interleave(phase.x == 0 ? part : other, phase.x == 0 ? other : part, row, phase.width)
        } else {
          kernels.spread(part, row + phase.x, phase.width, strides[1])
        }
      }
    }
  }

  /// Without a residual the products apply the activation themselves.
  private func finish(_ plane: Int, adding residual: UnsafePointer<Float>, _ kernels: CKPlaneKernels) {
    let target = output + plane * outputArea
    kernels.binary(.add, target, 1, residual + plane * outputArea, 1, target, outputArea)
    if activation.kind != .identity { kernels.map(target, target, outputArea, 1, 0, activation) }
  }
}
