/// Which source pixels make each output pixel along one axis of a resize, and with what weights: the definition of the
/// ONNX Resize operator (roi and antialiasing excepted).
public struct ResizeTaps {
  /// As many pairs an output as the mode has taps: 1 nearest, 2 linear, 4 cubic. Indices are clamped to the axis.
  public let indices: [Int]
  public let weights: [Float]
  public let tapCount: Int

  public init(_ resize: Resize, input: Int, output: Int, scale: Float) {
    tapCount =
      switch resize.mode {
      case .nearest: 1
      case .linear: 2
      case .cubic: 4
      }
    var indices: [Int] = []
    var weights: [Float] = []
    for position in 0..<output {
      let source = resize.coordinates.source(position, input: input, output: output, scale: scale)
      switch resize.mode {
      case .nearest:
        indices.append(Int(resize.rounding.rounded(source)))
        weights.append(1)
      case .linear:
        // Beyond the border the border pixel counts alone.
        let inside = min(max(source, 0), Float(input - 1))
        let base = inside.rounded(.down)
        indices += [Int(base), Int(base) + 1]
        weights += [1 - (inside - base), inside - base]
      case .cubic:
        let base = source.rounded(.down)
        indices += (-1...2).map { Int(base) + $0 }
        weights += cubicWeights(source - base, resize.cubicCoefficient)
      }
    }
    self.indices = indices.map { min(max($0, 0), input - 1) }
    self.weights = weights
  }
}

/// Keys, "Cubic Convolution Interpolation for Digital Image Processing" (1981); `a` is −0.75 in PyTorch and −0.5 in the paper.
func cubicWeights(_ t: Float, _ a: Float) -> [Float] {
  func near(_ x: Float) -> Float { ((a + 2) * x - (a + 3)) * x * x + 1 }
  func far(_ x: Float) -> Float { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
  return [far(1 + t), near(t), near(1 - t), far(2 - t)]
}

extension Resize.Coordinates {
  fileprivate func source(_ position: Int, input: Int, output: Int, scale: Float) -> Float {
    switch self {
    case .halfPixel: return (Float(position) + 0.5) / scale - 0.5
    case .pytorchHalfPixel: return output > 1 ? (Float(position) + 0.5) / scale - 0.5 : 0
    case .asymmetric: return Float(position) / scale
    case .alignCorners: return output > 1 ? Float(position) * Float(input - 1) / Float(output - 1) : 0
    }
  }
}

extension Resize.Rounding {
  fileprivate func rounded(_ value: Float) -> Float {
    switch self {
    case .floor: value.rounded(.down)
    case .ceil: value.rounded(.up)
    case .roundPreferFloor: (value - 0.5).rounded(.up)
    case .roundPreferCeil: (value + 0.5).rounded(.down)
    }
  }
}
