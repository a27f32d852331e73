internal import CKernels
internal import Inference

/// A transposed convolution as one small convolution for each phase of the output: the results at rows and columns that
/// leave the same remainders modulo the strides see the same taps of the kernel (Shi et al., "Is the deconvolution layer
/// the same as a convolutional layer?", 2016). The phases are woven together at the end.
struct TransposedConvolutionStep: Step {
  struct Phase {
    var product: any ImageProduct
    /// First output row and column.
    var y: Int
    var x: Int
    var height: Int
    var width: Int
  }

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
    let needs = phases.map { $0.product.scratch(images: images, threads: threads) }
    return ScratchNeed(
      sharedFloats: paddedFloats + phaseFloats + (needs.map(\.sharedFloats).max() ?? 0),
      threadFloats: needs.map(\.threadFloats).max() ?? 0)
  }

  func run(_ workspace: Workspace) {
    let source = workspace.sharedScratch
    let results = source + paddedFloats
    padded.fill(source, from: input, images: images, workspace)
    for (phase, start) in zip(phases, starts) {
      let area = phase.height * phase.width
      phase.product.run(
        ProductImages(
          source: source, sourceStride: padded.imageLength, output: results + start,
          outputStride: outputShape[1] * area, rowStride: area, residual: nil, count: images),
        workspace, shared: results + phaseFloats)
    }
    workspace.pool.run(chunks: images * outputShape[1]) { plane, _ in
      weave(plane, UnsafePointer(results), workspace.kernels)
      if let residual { finish(plane, adding: residual, workspace.kernels) }
    }
  }

  /// Where the results of each phase begin.
  private var starts: [Int] {
    var end = 0
    return phases.map { phase in
      defer { end += images * outputShape[1] * phase.height * phase.width }
      return end
    }
  }

  private func weave(_ plane: Int, _ results: UnsafePointer<Float>, _ kernels: CKKernels) {
    let target = output + plane * outputArea
    let rows = zip(phases, starts).map { phase, start in
      (phase, from: results + start + plane * phase.height * phase.width)
    }
    // Phases of the same rows follow each other.
    let weavesPairs = strides[1] == 2 && outputShape[3] % 2 == 0
    for index in stride(from: 0, to: rows.count, by: weavesPairs ? 2 : 1) {
      let (phase, from) = rows[index]
      for y in 0..<phase.height {
        let row = target + (phase.y + y * strides[0]) * outputShape[3]
        let part = from + y * phase.width
        if weavesPairs {
          let other = rows[index + 1].from + y * phase.width
          kernels.interleave(phase.x == 0 ? part : other, phase.x == 0 ? other : part, row, phase.width)
        } else {
          ck_spread(part, row + phase.x, phase.width, strides[1])
        }
      }
    }
  }

  /// Without a residual the products apply the activation themselves.
  private func finish(_ plane: Int, adding residual: UnsafePointer<Float>, _ kernels: CKKernels) {
    let target = output + plane * outputArea
    kernels.binary(CKBinaryAdd, target, 1, residual + plane * outputArea, 1, target, outputArea)
    if activation.kind != CKActivationNone { kernels.map(target, target, outputArea, 1, 0, activation) }
  }
}
