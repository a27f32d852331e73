internal import Foundation
package import Inference

/// A `.weights` file of Darknet: a header, then the numbers of every convolution in the order of its configuration.
///
/// Of a convolution with batch normalisation these are bias, scale, mean, variance and weights, of others bias and weights
/// (Darknet's parser.c). Nothing in the file says whose numbers they are; its size must be right to the byte.
package struct DarknetWeights: Sendable {
  private let source: ByteSource

  package init(_ source: ByteSource) {
    self.source = source
  }

  /// The tensors of a network under the names that mmdetection gives them.
  ///
  /// - Parameters:
  ///   - convolutions: names of its convolutions with normalisation (`name.conv.weight`, `name.bn.…`) or without (`name.weight`),
  ///     in Darknet's order.
  ///   - shapes: of all tensors, by name.
  ///   - epsilon: what the network adds to variances. Darknet adds a millionth to deviations instead; variances are changed so that
  ///     both give the same.
  /// - Throws: `ModelFileError` where the file has another size.
  package func tensors(
    of convolutions: [String], shapes: [String: [Int]], epsilon: Float
  ) throws -> [String: Tensor] {
    // Major, minor and revision, and the number of pictures trained on, which older versions write in four bytes.
    let version = try source.bytes(at: 0, count: 8)
    let isRecent = Int(version[0]) * 10 + Int(version[4]) >= 2
    var position = isRecent ? 20 : 16
    let expected = position + 4 * shapes.values.reduce(0) { $0 + $1.reduce(1, *) }
    guard source.count == expected else {
      throw ModelFileError(
        .mismatched,
        "\(source.name): has \(source.count) bytes, the network needs \(expected): these are the weights of another network, or "
          + "cut short")
    }
    var tensors: [String: Tensor] = [:]
    for convolution in convolutions {
      let isNormalised = shapes[convolution + ".bn.weight"] != nil
      let names =
        isNormalised
        ? ["bn.bias", "bn.weight", "bn.running_mean", "bn.running_var", "conv.weight"] : ["bias", "weight"]
      for name in names.map({ "\(convolution).\($0)" }) {
        guard let shape = shapes[name] else { continue }
        let stored = try StoredTensor(.float32, shape: shape, in: source, at: position)
        position += 4 * shape.reduce(1, *)
        tensors[name] =
          try name.hasSuffix(".running_var") ? stored.read().withDeviationsRaised(epsilon) : stored.deferred()
      }
    }
    return tensors
  }
}

extension Tensor {
  /// Variances that give, with `epsilon` added, the squares of the deviations and a millionth.
  fileprivate func withDeviationsRaised(_ epsilon: Float) -> Tensor {
    Tensor(
      shape: shape,
      floats.map { variance in
        let deviation = Double(variance).squareRoot() + 1e-6
        return Float(deviation * deviation - Double(epsilon))
      })
  }
}
