internal import CKernels
internal import Inference

/// A convolution, one product a group.
struct ConvolutionStep: Step {
  private let products: [any ImageProduct]
  private let padded: PaddedImages
  private let input: UnsafePointer<Float>
  private let images: ProductImages
  /// Floats from one group to the next.
  private let groupStrides: (input: Int, output: Int)
  private let threads: Int

  init(
    products: [any ImageProduct], padded: PaddedImages, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>, outputShape: [Int], residual: UnsafePointer<Float>?, threads: Int
  ) {
    self.products = products
    self.padded = padded
    self.input = input
    self.threads = threads
    let area = outputShape[2] * outputShape[3]
    images = ProductImages(
      source: input, sourceStride: padded.imageLength, output: output, outputStride: outputShape[1] * area,
      rowStride: area, residual: residual, count: outputShape[0])
    groupStrides = (
      padded.channels / products.count * padded.planeLength, outputShape[1] / products.count * area
    )
  }

  private var paddedFloats: Int { padded.isPlain ? 0 : images.count * padded.imageLength + 64 }

  var scratch: ScratchNeed {
    var need = products[0].scratch(images: images.count, threads: threads)
    need.sharedFloats += paddedFloats
    return need
  }

  func run(_ workspace: Workspace) {
    var images = images
    if !padded.isPlain {
      padded.fill(workspace.sharedScratch, from: input, images: images.count, workspace)
      images.source = UnsafePointer(workspace.sharedScratch)
    }
    for product in products {
      product.run(images, workspace, shared: workspace.sharedScratch + paddedFloats)
      images.source += groupStrides.input
      images.output += groupStrides.output
      images.residual = images.residual.map { $0 + groupStrides.output }
    }
  }
}

extension StepBuilder {
  func convolution(_ node: Graph.Node, _ parameters: Convolution) throws -> (any Step)? {
    guard let input = storage.floats(node.inputs[0]), let weights = storage.constant(node.inputs[1]),
      let output = storage.mutableFloats(node.outputs[0]), storage.constant(node.inputs[0]) == nil
    else { return nil }
    let (inputShape, outputShape) = (shape(node.inputs[0]), shape(node.outputs[0]))
    let (groupInputs, kernel) = (weights.shape[1], [weights.shape[2], weights.shape[3]])
    let groupOutputs = weights.shape[0] / parameters.groups
    guard outputShape.allSatisfy({ $0 > 0 }), let bias = bias(node, count: weights.shape[0]) else { return nil }
    let padded = PaddedImages(
      channels: inputShape[1], height: inputShape[2], width: inputShape[3], padding: parameters.padding,
      phases: parameters.strides[1])
    let offsets = (0..<groupInputs).flatMap { channel in
      (0..<kernel[0]).flatMap { y in
        (0..<kernel[1]).map { x in
          channel * padded.planeLength
            + padded.offset(y: y * parameters.dilations[0], x: x * parameters.dilations[1])
        }
      }
    }
    let depth = offsets.count
    let products = try (0..<parameters.groups).map { group in
      let first = group * groupOutputs
      let packed = try packed(node, .group(group)) {
        try weights.withFloats { all in
          try PackedWeights(
            rows: groupOutputs, depth: depth, panelHeight: kernels.rows,
            bias: bias.isEmpty ? [] : bias[first..<first + groupOutputs]
          ) { all[(first + $0) * depth + $1] }
        }
      }
      return TileProduct(
        weights: packed, activation: CKActivation(parameters.activation), offsets: offsets, height: outputShape[2],
        width: outputShape[3], rowStep: parameters.strides[0] * padded.rowLength, columns: kernels.columns)
    }
    return ConvolutionStep(
      products: products, padded: padded, input: input, output: output, outputShape: outputShape,
      residual: residual(node), threads: threads)
  }

  /// The bias of a convolution, empty where there is none; nil where it is not constant.
  func bias(_ node: Graph.Node, count: Int) -> [Float]? {
    guard node.inputs.count > 2, node.inputs[2] != Graph.Node.absent else { return [] }
    return storage.constant(node.inputs[2])?.floats
  }

  /// The packed weights of a convolution with constant weights, packed now if nothing that is compiled has them yet.
  func packed(
    _ node: Graph.Node, _ form: PackedStore.Form, _ pack: () throws -> PackedWeights
  ) rethrows -> PackedWeights {
    guard let weights = storage.constant(node.inputs[1]) else { return try pack() }
    return try store.packed(weights, node.inputs.count > 2 ? storage.constant(node.inputs[2]) : nil, form, pack)
  }

  func residual(_ node: Graph.Node) -> UnsafePointer<Float>? {
    node.inputs.count > 3 ? storage.floats(node.inputs[3]) : nil
  }
}
