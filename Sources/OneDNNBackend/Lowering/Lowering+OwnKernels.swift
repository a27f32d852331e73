#if OneDNN

internal import COneDNN
internal import Inference

/// Convolutions that this package computes itself.
extension Lowering {
  /// Where the results of a request go when they are one phase of a larger image.
  struct Phase {
    var step = 1
    var row = 0
    var column = 0
  }

  /// Appends the request as a step of `kernel` into `result`, which holds the residual where there is one.
  mutating func append(
    _ kernel: KernelChooser.OwnKernel, _ request: ConvolutionRequest, _ activation: blocked_activation,
    into result: BlockedImage, phase: Phase = Phase()
  ) throws {
    let source = image(request.source)
    let problem: OwnConvolutionStep.Problem =
      switch kernel {
      case .winograd(let kind): .winograd(winograd(kind, request, source.shape, activation, phase))
      case .tiles: .tiles(tiles(request, source.shape, activation, phase))
      }
    program.steps.append(
      OwnConvolutionStep(
        problem: problem, source: source, weights: try weights.packed(request.weights, for: problem.packing),
        bias: try request.bias.map { try filled($0) }, result: result,
        scratch: newBuffer(problem.scratchByteCount(threads: threads))))
  }

  private func winograd(
    _ kind: winograd_kind, _ request: ConvolutionRequest, _ from: [Int], _ activation: blocked_activation,
    _ phase: Phase
  ) -> winograd_problem {
    let to = request.resultShape
    return winograd_problem(
      kind: kind, images: Int64(from[0]), inputs: Int64(from[1]), outputs: Int64(to[1]), height: Int64(from[2]),
      width: Int64(from[3]), result_height: Int64(to[2]), result_width: Int64(to[3]),
      top: Int64(request.parameters.padding[0]), left: Int64(request.parameters.padding[1]), step: Int64(phase.step),
      row: Int64(phase.row), column: Int64(phase.column), adds: request.residual != nil, activation: activation)
  }

  private func tiles(
    _ request: ConvolutionRequest, _ from: [Int], _ activation: blocked_activation, _ phase: Phase
  ) -> tile_problem {
    let (to, parameters) = (request.resultShape, request.parameters)
    func pair(_ sizes: [Int]) -> (Int64, Int64) { (Int64(sizes[0]), Int64(sizes[1])) }
    return tile_problem(
      images: Int64(from[0]), inputs: Int64(from[1]), outputs: Int64(to[1]), height: Int64(from[2]),
      width: Int64(from[3]), result_height: Int64(to[2]), result_width: Int64(to[3]), kernel: pair(request.kernel),
      strides: pair(parameters.strides), dilations: pair(parameters.dilations), top: Int64(parameters.padding[0]),
      left: Int64(parameters.padding[1]), step: Int64(phase.step), row: Int64(phase.row),
      column: Int64(phase.column), adds: request.residual != nil, activation: activation)
  }

  /// The bias with zeros up to a whole block.
  func filled(_ bias: Tensor) throws -> AlignedMemory {
    let memory = try AlignedMemory(byteCount: BlockedImage.filled(bias.count) * 4)
    bias.withFloats {
      memory.address.copyMemory(from: UnsafeRawPointer($0.baseAddress!), byteCount: $0.count * 4)
    }
    return memory
  }
}

#endif
