internal import Inference

/// The layers of the papers, named as in PyTorch.
extension NetworkWriter {
  mutating func convolution(
    _ name: String, _ input: FeatureMap, to channels: Int, kernel: Int, stride: Int = 1, padding: Int? = nil,
    groups: Int = 1, bias: Bool = false
  ) -> FeatureMap {
    var geometry = Convolution()
    geometry.strides = [stride, stride]
    geometry.padding = Array(repeating: padding ?? kernel / 2, count: 4)
    geometry.groups = groups
    return part(name) { writer in
      var inputs = [
        input.value, writer.parameter("weight", [channels, input.channels / groups, kernel, kernel]),
      ]
      if bias { inputs.append(writer.parameter("bias", [channels])) }
      return FeatureMap(value: writer.node(.convolution(geometry), inputs), channels: channels)
    }
  }

  /// Doubles height and width; kernels of 4, 3 and 2 as in SimpleBaseline's code.
  mutating func deconvolution(
    _ name: String, _ input: FeatureMap, to channels: Int, kernel: Int, groups: Int = 1
  ) -> FeatureMap {
    var geometry = Convolution()
    geometry.strides = [2, 2]
    geometry.padding = Array(repeating: kernel == 2 ? 0 : 1, count: 4)
    geometry.outputPadding = kernel == 3 ? [1, 1] : [0, 0]
    geometry.groups = groups
    return part(name) { writer in
      let weight = writer.parameter("weight", [input.channels, channels / groups, kernel, kernel])
      return FeatureMap(
        value: writer.node(.transposedConvolution(geometry), [input.value, weight]), channels: channels)
    }
  }

  mutating func batchNorm(_ name: String, _ input: FeatureMap) -> FeatureMap {
    part(name) { writer in
      let parameters = ["weight", "bias", "running_mean", "running_var"].map {
        writer.parameter($0, [input.channels])
      }
      return FeatureMap(
        value: writer.node(.batchNormalization(epsilon: writer.normEpsilon), [input.value] + parameters),
        channels: input.channels)
    }
  }

  mutating func activation(_ activation: Activation, _ input: FeatureMap) -> FeatureMap {
    FeatureMap(value: node(.activation(activation), [input.value]), channels: input.channels)
  }

  mutating func relu(_ input: FeatureMap) -> FeatureMap {
    activation(.relu, input)
  }

  mutating func add(_ first: FeatureMap, _ second: FeatureMap) -> FeatureMap {
    FeatureMap(value: node(.binary(.add), [first.value, second.value]), channels: first.channels)
  }

  mutating func multiply(_ first: FeatureMap, _ second: FeatureMap) -> FeatureMap {
    FeatureMap(value: node(.binary(.multiply), [first.value, second.value]), channels: first.channels)
  }

  mutating func concatenate(_ inputs: [FeatureMap]) -> FeatureMap {
    FeatureMap(
      value: node(.concatenate(axis: 1), inputs.map(\.value)), channels: inputs.reduce(0) { $0 + $1.channels })
  }

  /// Repeats every pixel `factor` times along both axes, or interpolates with pixel centres kept in place.
  mutating func upsample(_ input: FeatureMap, by factor: Int, isBilinear: Bool = false) -> FeatureMap {
    var resize = Resize()
    resize.mode = isBilinear ? .linear : .nearest
    resize.coordinates = isBilinear ? .halfPixel : .asymmetric
    resize.rounding = .floor
    let scales = builder.constant(Tensor(shape: [4], [1, 1, Float(factor), Float(factor)]))
    return FeatureMap(
      value: node(.resize(resize), [input.value, Graph.Node.absent, scales]), channels: input.channels)
  }

  mutating func maxPool(_ input: FeatureMap, kernel: Int, stride: Int, padding: Int? = nil) -> FeatureMap {
    FeatureMap(
      value: node(.maxPool(pooling(kernel, stride, padding: padding ?? kernel / 2)), [input.value]),
      channels: input.channels)
  }

  /// Means over squares of side `factor`.
  mutating func averagePool(_ input: FeatureMap, by factor: Int) -> FeatureMap {
    var pooling = pooling(factor, factor, padding: 0)
    pooling.roundsUp = true
    return FeatureMap(
      value: node(.averagePool(pooling, countsPadding: false), [input.value]), channels: input.channels)
  }

  mutating func globalAveragePool(_ input: FeatureMap) -> FeatureMap {
    FeatureMap(value: node(.globalAveragePool, [input.value]), channels: input.channels)
  }

  private func pooling(_ kernel: Int, _ stride: Int, padding: Int) -> Pooling {
    var pooling = Pooling(kernel: [kernel, kernel])
    pooling.strides = [stride, stride]
    pooling.padding = Array(repeating: padding, count: 4)
    return pooling
  }

  /// Convolution, batch normalisation and activation as mmcv's `ConvModule` names them.
  mutating func convModule(
    _ name: String, _ input: FeatureMap, to channels: Int, kernel: Int, stride: Int = 1, groups: Int = 1,
    activation: Activation? = .relu
  ) -> FeatureMap {
    part(name) { writer in
      let convolved = writer.convolution("conv", input, to: channels, kernel: kernel, stride: stride, groups: groups)
      let normalised = writer.batchNorm("bn", convolved)
      return activation.map { writer.activation($0, normalised) } ?? normalised
    }
  }
}
