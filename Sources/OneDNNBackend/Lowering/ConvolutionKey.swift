#if OneDNN

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
  var function: Function
  var isBF16: Bool
  var resultIsBF16: Bool
  var sourceLayout: BlockedImage.Layout
  var resultLayout: BlockedImage.Layout

  /// An activation that oneDNN applies to results before they are stored.
  struct Function: Hashable {
    var kind: UInt32
    var alpha: Float = 0
    var beta: Float = 0

    static let identity = Function(kind: ODNN_IDENTITY.rawValue)

    /// nil for functions that oneDNN lacks.
    init?(_ activation: Activation?) {
      guard let activation else {
        self = .identity
        return
      }
      switch activation {
      case .relu: self.init(ODNN_RELU)
      case .leakyRelu(let slope): self.init(ODNN_RELU, slope)
      case .clip(let low, let high): self.init(ODNN_CLIP, low, high)
      case .sigmoid: self.init(ODNN_SIGMOID)
      case .hardSwish: self.init(ODNN_HARD_SWISH)
      case .silu: self.init(ODNN_SILU)
      case .gelu(let isTanh): self.init(isTanh ? ODNN_GELU_TANH : ODNN_GELU_ERF)
      case .elu(let alpha): self.init(ODNN_ELU, alpha)
      case .tanh: self.init(ODNN_TANH)
      case .hardSigmoid, .softplus, .mish: return nil
      }
    }

    private init(_ function: odnn_function, _ alpha: Float = 0, _ beta: Float = 0) {
      self.init(kind: function.rawValue, alpha: alpha, beta: beta)
    }

    private init(kind: UInt32, alpha: Float = 0, beta: Float = 0) {
      self.kind = kind
      self.alpha = alpha
      self.beta = beta
    }
  }

  /// Whether it is a float32 convolution from blocks to blocks without groups.
  var isOfBlocks: Bool { groups == 1 && !isBF16 && sourceLayout == .blocked && resultLayout == .blocked }

  /// Whether `Winograd.h` has the convolution.
  var suitsWinograd: Bool {
    isOfBlocks && [[2, 2], [3, 3]].contains(kernel) && strides == [1, 1] && dilations == [1, 1]
  }

  /// - Throws: `InferenceError` where oneDNN has no such convolution.
  func primitive() throws -> Primitive {
    var convolution = odnn_convolution()
    convolution.source = BlockedImage(buffer: 0, shape: source, layout: sourceLayout, isBF16: isBF16).description
    convolution.destination =
      BlockedImage(buffer: 0, shape: result, layout: resultLayout, isBF16: resultIsBF16).description
    convolution.kernel = (Int64(kernel[0]), Int64(kernel[1]))
    convolution.strides = (Int64(strides[0]), Int64(strides[1]))
    convolution.dilations = (Int64(dilations[0]), Int64(dilations[1]))
    convolution.padding = (Int64(padding[0]), Int64(padding[1]), Int64(padding[2]), Int64(padding[3]))
    convolution.groups = Int64(try groupsOfFilled())
    convolution.has_bias = hasBias
    convolution.adds = adds
    convolution.function = odnn_function(rawValue: function.kind)
    convolution.alpha = function.alpha
    convolution.beta = function.beta
    return try Primitive(convolution)
  }

  /// The number of groups when the lanes that fill up blocks are channels.
  private func groupsOfFilled() throws -> Int {
    guard groups > 1, sourceLayout == .channelsLast else { return groups }
    if groups == source[1], groups == result[1] { return BlockedImage.filled(groups) }
    guard [source[1], result[1]].allSatisfy({ BlockedImage.filled($0) == $0 }) else {
      throw InferenceError(.unsupported, "groups of channels do not fill whole blocks")
    }
    return groups
  }
}

#endif
