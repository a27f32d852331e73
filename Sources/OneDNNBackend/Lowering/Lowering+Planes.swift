#if OneDNN

internal import CKernels
internal import Inference

/// Images of few channels, which lie plane by plane from the picture on: of blocks, most lanes would be filled up.
extension Lowering {
  /// Returns whether the source is read as planes; the result is planes too where only such convolutions read it. Of pictures,
  /// oneDNN makes whole blocks faster.
  mutating func convolvePlanes(_ request: ConvolutionRequest, into result: Graph.ValueID) throws -> Bool {
    let isPlain = staysPlain(result)
    let fillsBlocks = shape(result)[1] % program.block == 0
    let source: ConvolutionStep.Source
    if let image = planes[request.source] {
      source = .image(image)
    } else if isPlain || !fillsBlocks, isTensor(request.source), images[request.source] == nil {
      source = .tensor(request.source)
    } else {
      return false
    }
    var key = key(request)
    key.sourceLayout = .plain
    guard chooser.takesPlanes(key) else { return false }
    let kernel = ConvolutionKernel.own(own(.planar(isPlain: isPlain), request))
    let image = isPlain ? newImage(request.resultShape, layout: .plain) : newImage(for: result)
    try append(kernel, request, source, into: image)
    if isPlain { planes[result] = image } else { images[result] = image }
    return true
  }

  /// Whether the value fills half of a block at most, and all that read it are convolutions without groups or residual.
  private func staysPlain(_ value: Graph.ValueID) -> Bool {
    let readers = graph.nodes.filter { $0.inputs.contains(value) }
    return shape(value)[1] <= program.block / 2 && !graph.outputs.contains(value) && !readers.isEmpty
      && readers.allSatisfy { node in
        guard case .convolution(let convolution) = node.operation else { return false }
        return convolution.groups == 1 && node.inputs.filter { $0 == value }.count == 1 && node.inputs[0] == value
          && residual(node) == nil
      }
  }
}

#endif
