internal import Inference

/// The layers of CSPNet (Wang et al., CSPNet: A New Backbone that can Enhance Learning Capability of CNN, 2020) as RTMDet and YOLOX
/// have them, all followed by SiLU. Names are mmdetection's.
struct CrossStageLayer {
  enum Block {
    /// 1×1 and 3×3 convolutions (YOLOX).
    case darknet
    /// A 3×3 convolution, and one of 5×5 a channel with one of 1×1 over all (RTMDet).
    case cspNeXt
  }

  var block: Block
  var blocks: Int
  /// Whether a block adds its input to its output.
  var addsInput: Bool
  /// Whether channels are weighed by their means.
  var attends = false
  /// Whether 3×3 convolutions are of one channel each, followed by one of 1×1.
  var isDepthwise = false
}

extension NetworkWriter {
  /// One half of the channels goes through the blocks, the other around them.
  mutating func crossStage(_ input: FeatureMap, to channels: Int, _ layer: CrossStageLayer) -> FeatureMap {
    let half = channels / 2
    let short = convModule("short_conv", input, to: half, kernel: 1, activation: .silu)
    var main = convModule("main_conv", input, to: half, kernel: 1, activation: .silu)
    for index in 0..<layer.blocks {
      main = part("blocks.\(index)") { writer in
        let output = writer.block(main, layer)
        return layer.addsInput ? writer.add(output, main) : output
      }
    }
    var joined = concatenate([main, short])
    if layer.attends {
      let weights = activation(
        .hardSigmoid(alpha: 1 / 6, beta: 0.5),
        convolution("attention.fc", globalAveragePool(joined), to: joined.channels, kernel: 1, bias: true))
      joined = multiply(joined, weights)
    }
    return convModule("final_conv", joined, to: channels, kernel: 1, activation: .silu)
  }

  private mutating func block(_ input: FeatureMap, _ layer: CrossStageLayer) -> FeatureMap {
    let channels = input.channels
    switch layer.block {
    case .darknet:
      let narrow = convModule("conv1", input, to: channels, kernel: 1, activation: .silu)
      return siluModule("conv2", narrow, to: channels, kernel: 3, isDepthwise: layer.isDepthwise)
    case .cspNeXt:
      let output = siluModule("conv1", input, to: channels, kernel: 3, isDepthwise: layer.isDepthwise)
      return siluModule("conv2", output, to: channels, kernel: 5, isDepthwise: true)
    }
  }

  /// A convolution with SiLU, either over all channels or, where `isDepthwise`, over each and then 1×1 over all.
  mutating func siluModule(
    _ name: String, _ input: FeatureMap, to channels: Int, kernel: Int, stride: Int = 1, isDepthwise: Bool
  ) -> FeatureMap {
    guard isDepthwise else {
      return convModule(name, input, to: channels, kernel: kernel, stride: stride, activation: .silu)
    }
    let each = convModule(
      name + ".depthwise_conv", input, to: input.channels, kernel: kernel, stride: stride, groups: input.channels,
      activation: .silu)
    return convModule(name + ".pointwise_conv", each, to: channels, kernel: 1, activation: .silu)
  }

  /// Maxima over 1, 5, 9 and 13 pixels side by side (He et al., Spatial Pyramid Pooling, 2015).
  mutating func pyramidPool(_ input: FeatureMap) -> FeatureMap {
    let narrow = convModule("conv1", input, to: input.channels / 2, kernel: 1, activation: .silu)
    let pooled = [5, 9, 13].map { maxPool(narrow, kernel: $0, stride: 1) }
    return convModule("conv2", concatenate([narrow] + pooled), to: input.channels, kernel: 1, activation: .silu)
  }

  /// Carries three maps of halving size down to the largest and up again (PAFPN: Liu et al., Path Aggregation Network, 2018).
  mutating func pathAggregation(
    _ maps: [FeatureMap], to channels: Int, outputKernel: Int, _ layer: CrossStageLayer
  ) -> [FeatureMap] {
    var down = [maps[2]]
    for index in 0..<2 {
      let finer = maps[1 - index]
      let reduced = convModule("reduce_layers.\(index)", down[0], to: finer.channels, kernel: 1, activation: .silu)
      down[0] = reduced
      let joined = concatenate([upsample(reduced, by: 2), finer])
      down.insert(part("top_down_blocks.\(index)") { $0.crossStage(joined, to: finer.channels, layer) }, at: 0)
    }
    var up = [down[0]]
    for index in 0..<2 {
      let shrunk = siluModule(
        "downsamples.\(index)", up[index], to: up[index].channels, kernel: 3, stride: 2, isDepthwise: layer.isDepthwise)
      let joined = concatenate([shrunk, down[index + 1]])
      up.append(part("bottom_up_blocks.\(index)") { $0.crossStage(joined, to: maps[index + 1].channels, layer) })
    }
    return up.enumerated().map { index, map in
      siluModule(
        "out_convs.\(index)", map, to: channels, kernel: outputKernel,
        isDepthwise: layer.isDepthwise && outputKernel > 1)
    }
  }
}
