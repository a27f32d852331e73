internal import Inference

/// RTMPose's head: a map a keypoint, self-attention between the keypoints, and a vector of bins along each axis (Jiang et al.,
/// RTMPose: Real-Time Multi-Person Pose Estimation based on MMPose, 2023; gated attention unit: Hua et al., Transformer Quality
/// in Linear Time, 2022).
package struct SimCCHead: Head {
  package static let type = "simcc"
  package static let published = SimCCHead()

  package var finalKernel = 7
  package var hiddenChannels = 256
  package var attentionChannels = 128
  package var expansion = 2

  package init() {}

  package func write(_ features: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter) throws {
    guard let ratio = task.binsPerPixel else {
      throw ArchitectureError("a SimCC head needs the codec \"simcc\"")
    }
    let (width, height, keypoints) = (task.inputWidth, task.inputHeight, task.outputs)
    guard width.isMultiple(of: 32), height.isMultiple(of: 32), attentionChannels > 0 else {
      throw ArchitectureError("a SimCC head needs an input whose sides are multiples of 32, and attention channels")
    }
    let maps = writer.convolution("final_layer", features, to: keypoints, kernel: finalKernel, bias: true)
    let cells = width / 32 * (height / 32)
    var tokens = FeatureMap(value: writer.reshape(maps.value, [0, keypoints, -1]), channels: cells)
    tokens = writer.linear("mlp.1", scaleNorm("mlp.0", tokens, &writer), to: hiddenChannels)
    tokens = writer.part("gau") { attend(tokens, &$0) }
    for (name, size) in [("x", width), ("y", height)] {
      let bins = Int(Double(size) * ratio)
      writer.builder.output(writer.linear("cls_\(name)", tokens, to: bins).value, name: "simcc_\(name)")
    }
  }

  private func attend(_ tokens: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    let wide = hiddenChannels * expansion
    let mixed = writer.activation(
      .silu, writer.linear("uv", scaleNorm("ln", tokens, &writer), to: 2 * wide + attentionChannels))
    let parts = writer.split(mixed.value, axis: 2, [wide, wide, attentionChannels])
    let factors = writer.parameter("gamma", [2, attentionChannels])
    let offsets = writer.parameter("beta", [2, attentionChannels])
    let projected = (0..<2).map { row in
      let index = writer.builder.constant(Tensor(shape: [], [Int64(row)]))
      let scaled = writer.node(.binary(.multiply), [parts[2], writer.node(.gather(axis: 0), [factors, index])])
      return writer.node(.binary(.add), [scaled, writer.node(.gather(axis: 0), [offsets, index])])
    }
    let products = writer.node(
      .matrixMultiply, [projected[0], writer.node(.transpose([0, 2, 1]), [projected[1]])])
    let scaled = writer.node(
      .binary(.divide), [products, writer.scalar(Float(attentionChannels).squareRoot())])
    let positive = writer.node(.activation(.relu), [scaled])
    let kernel = writer.node(.binary(.multiply), [positive, positive])
    let gathered = writer.node(.matrixMultiply, [kernel, parts[1]])
    let gated = FeatureMap(value: writer.node(.binary(.multiply), [parts[0], gathered]), channels: wide)
    let output = writer.linear("o", gated, to: hiddenChannels)
    let scale = writer.parameter("res_scale.scale", [hiddenChannels])
    let kept = writer.node(.binary(.multiply), [tokens.value, scale])
    return writer.add(FeatureMap(value: kept, channels: hiddenChannels), output)
  }

  /// Brings every vector to the length that one number says (Nguyen and Salazar, Transformers without Tears, 2019).
  private func scaleNorm(_ name: String, _ input: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    let scale = 1 / Float(input.channels).squareRoot()
    let length = writer.node(.reduce(.l2, keepsDimensions: true), [input.value, writer.integers([-1])])
    let mean = writer.node(.binary(.multiply), [length, writer.scalar(scale)])
    let bounded = writer.node(.activation(.clip(1e-5, .infinity)), [mean])
    let unit = writer.node(.binary(.divide), [input.value, bounded])
    let factor = writer.parameter(name + ".g", [1])
    return FeatureMap(value: writer.node(.binary(.multiply), [unit, factor]), channels: input.channels)
  }
}
