internal import Inference

/// The blocks of ResNet (He et al., Deep Residual Learning for Image Recognition, 2016), shared by HRNet.
extension NetworkWriter {
  /// 1×1, 3×3 and 1×1 convolutions, the last one `outerWidth` wide, else four times as wide as the others.
  mutating func bottleneck(
    _ input: FeatureMap, width: Int, to outerWidth: Int? = nil, groups: Int = 1, stride: Int = 1,
    averagesDown: Bool = false
  ) -> FeatureMap {
    let outerWidth = outerWidth ?? 4 * width
    var output = convolution("conv1", input, to: width, kernel: 1)
    output = relu(batchNorm("bn1", output))
    output = convolution("conv2", output, to: width, kernel: 3, stride: stride, groups: groups)
    output = relu(batchNorm("bn2", output))
    output = batchNorm("bn3", convolution("conv3", output, to: outerWidth, kernel: 1))
    return relu(add(output, shortcut(input, to: outerWidth, stride: stride, averagesDown: averagesDown)))
  }

  /// Two 3×3 convolutions.
  mutating func basicBlock(_ input: FeatureMap, width: Int) -> FeatureMap {
    var output = convolution("conv1", input, to: width, kernel: 3)
    output = relu(batchNorm("bn1", output))
    output = batchNorm("bn2", convolution("conv2", output, to: width, kernel: 3))
    return relu(add(output, shortcut(input, to: width, stride: 1)))
  }

  /// The input itself, or a projection where size or channels change. `averagesDown` shrinks by a mean before the
  /// projection instead of by its stride (He et al., Bag of Tricks, 2019).
  mutating func shortcut(
    _ input: FeatureMap, to channels: Int, stride: Int, averagesDown: Bool = false
  ) -> FeatureMap {
    guard stride != 1 || input.channels != channels else { return input }
    return part("downsample") { writer in
      guard averagesDown && stride != 1 else {
        return writer.batchNorm("1", writer.convolution("0", input, to: channels, kernel: 1, stride: stride))
      }
      let pooled = writer.averagePool(input, by: stride)
      return writer.batchNorm("2", writer.convolution("1", pooled, to: channels, kernel: 1))
    }
  }
}
