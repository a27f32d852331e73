internal import Inference

/// ViT as ViTPose uses it (Dosovitskiy et al., An Image is Worth 16x16 Words, 2021; Xu et al., ViTPose, 2022): patches of
/// 16×16 pixels, no class token. Gives one map of a 16th of the picture's size.
package struct VisionTransformer: Backbone {
  package static let type = "vit"
  package static let published = VisionTransformer(channels: 768, layers: 12, heads: 12)

  package var channels: Int
  package var layers: Int
  package var heads: Int
  /// Of the hidden layer of every perceptron.
  package var feedforwardChannels: Int

  package init(channels: Int, layers: Int, heads: Int) {
    self.channels = channels
    self.layers = layers
    self.heads = heads
    feedforwardChannels = 4 * channels
  }

  package func write(
    _ picture: FeatureMap, for task: NetworkTask, to writer: inout NetworkWriter
  ) throws -> FeatureMap {
    guard (1...128).contains(layers), heads > 0, channels.isMultiple(of: heads),
      task.inputWidth.isMultiple(of: 16), task.inputHeight.isMultiple(of: 16)
    else {
      throw ArchitectureError(
        "a vision transformer needs 1 to 128 layers, heads that divide its channels, and an input whose sides are multiples of 16"
      )
    }
    let (rows, columns) = (task.inputHeight / 16, task.inputWidth / 16)
    let patches = writer.convolution(
      "patch_embed.projection", picture, to: channels, kernel: 16, stride: 16, padding: 2, bias: true)
    let sequence = writer.node(.transpose([0, 2, 1]), [writer.reshape(patches.value, [0, channels, -1])])
    let positions = writer.parameter("pos_embed", [1, rows * columns, channels])
    var tokens = FeatureMap(value: writer.node(.binary(.add), [sequence, positions]), channels: channels)
    for layer in 0..<layers {
      tokens = writer.part("layers.\(layer)") { writer in
        let normalised = writer.layerNorm("ln1", tokens, epsilon: 1e-6)
        tokens = writer.add(tokens, writer.part("attn") { attend(normalised, &$0) })
        var output = writer.layerNorm("ln2", tokens, epsilon: 1e-6)
        output = writer.linear("ffn.layers.0.0", output, to: feedforwardChannels, bias: true)
        output = writer.activation(.gelu(tanhApproximation: false), output)
        return writer.add(tokens, writer.linear("ffn.layers.1", output, to: channels, bias: true))
      }
    }
    tokens = writer.layerNorm("ln1", tokens, epsilon: 1e-6)
    let map = writer.node(.transpose([0, 2, 1]), [tokens.value])
    return FeatureMap(value: writer.reshape(map, [0, channels, rows, columns]), channels: channels)
  }

  /// Multi-head self-attention.
  private func attend(_ tokens: FeatureMap, _ writer: inout NetworkWriter) -> FeatureMap {
    let size = channels / heads
    let mixed = writer.linear("qkv", tokens, to: 3 * channels, bias: true)
    let parts = writer.split(mixed.value, axis: 2, [channels, channels, channels]).map { part in
      writer.node(.transpose([0, 2, 1, 3]), [writer.reshape(part, [0, -1, heads, size])])
    }
    let products = writer.node(.matrixMultiply, [parts[0], writer.node(.transpose([0, 1, 3, 2]), [parts[1]])])
    let scaled = writer.node(.binary(.multiply), [products, writer.scalar(1 / Float(size).squareRoot())])
    let gathered = writer.node(.matrixMultiply, [writer.node(.softmax(axis: 3), [scaled]), parts[2]])
    let joined = writer.reshape(writer.node(.transpose([0, 2, 1, 3]), [gathered]), [0, -1, channels])
    return writer.linear("proj", FeatureMap(value: joined, channels: channels), to: channels, bias: true)
  }
}
