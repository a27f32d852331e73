#if OneDNN

internal import CKernels
internal import COneDNN
internal import Inference

/// Everything that a kernel of a convolution depends on. Equal keys share one primitive.
struct ConvolutionKey: Hashable {
  /// N, C, H, W.
  var source: [Int]
  var result: [Int]
  var kernel: [Int]
  var strides: [Int]
  var dilations: [Int]
  /// top, left, bottom, right.
  var padding: [Int]
  var groups: Int
  var hasBias: Bool
  var adds: Bool
  var activation: Activation?
  var isBF16: Bool
  var resultIsBF16: Bool
  var sourceLayout: BlockedImage.Layout
  var resultLayout: BlockedImage.Layout
  /// Channels in a block.
  var block: Int

  /// Whether it is a float32 convolution from blocks to blocks without groups, …
  var isOfBlocks: Bool { groups == 1 && isBlocked }
  /// … or with a kernel for every channel.
  var isDepthwise: Bool { groups == source[1] && groups == result[1] && groups > 1 && isBlocked }
  /// Whether it is one from planes without groups to which nothing is added.
  var isPlanar: Bool { groups == 1 && !adds && !isBF16 && sourceLayout == .plain }
  private var isBlocked: Bool { !isBF16 && sourceLayout == .blocked && resultLayout == .blocked }

  /// Whether Winograd's filtering has the convolution.
  var suitsWinograd: Bool {
    isOfBlocks && [[2, 2], [3, 3]].contains(kernel) && strides == [1, 1] && dilations == [1, 1]
  }

  /// - Throws: `InferenceError` where oneDNN has no such convolution.
  func primitive() throws -> Primitive {
    var convolution = odnn_convolution()
    convolution.source = description(filledSource, sourceLayout, isBF16: isBF16)
    convolution.destination = description(result, resultLayout, isBF16: resultIsBF16)
    convolution.kernel = (Int64(kernel[0]), Int64(kernel[1]))
    convolution.strides = (Int64(strides[0]), Int64(strides[1]))
    convolution.dilations = (Int64(dilations[0]), Int64(dilations[1]))
    convolution.padding = (Int64(padding[0]), Int64(padding[1]), Int64(padding[2]), Int64(padding[3]))
    convolution.groups = Int64(try groupsOfFilled())
    convolution.has_bias = hasBias
    convolution.adds = adds
    convolution.activation = CKActivation(activation)
    return try Primitive(convolution)
  }

  /// The source with the lanes of its only block as channels, for which the weights are 0: where there are fewer channels than
  /// lanes, oneDNN has fast kernels for plain pictures alone.
  private var filledSource: [Int] {
    guard sourceLayout == .blocked, groups == 1, source[1] < block else { return source }
    return [source[0], block] + source[2...]
  }

  private func description(_ shape: [Int], _ layout: BlockedImage.Layout, isBF16: Bool) -> odnn_tensor {
    BlockedImage(buffer: 0, shape: shape, layout: layout, isBF16: isBF16, block: block).description
  }

  /// The number of groups when the lanes that fill up blocks are channels.
  private func groupsOfFilled() throws -> Int {
    guard groups > 1, sourceLayout == .channelsLast else { return groups }
    if groups == source[1], groups == result[1] { return (groups + block - 1) / block * block }
    guard [source[1], result[1]].allSatisfy({ $0 % block == 0 }) else {
      throw InferenceError(.unsupported, "groups of channels do not fill whole blocks")
    }
    return groups
  }
}

#endif
