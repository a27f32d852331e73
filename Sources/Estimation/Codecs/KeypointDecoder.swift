package import Models
package import Pose

/// A keypoint in pixels of the network's input with the network's raw score.
package struct DecodedKeypoint: Hashable, Sendable {
  package var point: Point
  package var score: Float

  /// nil where a number is not finite.
  init?(x: Double, y: Double, score: Float) {
    guard x.isFinite, y.isFinite, score.isFinite else { return nil }
    point = Point(x: x, y: y)
    self.score = score
  }
}

/// Reads keypoints out of a network's outputs for one person, after `prepare`.
package protocol KeypointDecoder: Sendable {
  /// What the outputs look like, in the order of the network.
  var outputs: [OutputLayout] { get }

  /// What a flip test averages and `decode` reads; the outputs themselves in most codecs.
  func prepare(_ outputs: [PredictionMaps]) -> [PredictionMaps]

  /// One keypoint a joint; nil where nothing was predicted or the numbers are not finite.
  func decode(_ outputs: [PredictionMaps]) -> [DecodedKeypoint?]
}

extension KeypointDecoder {
  package func prepare(_ outputs: [PredictionMaps]) -> [PredictionMaps] { outputs }
}

/// How an output is arranged, which a flip test needs to turn it back.
package struct OutputLayout: Hashable, Sendable {
  /// Rank 4 maps, or rank 3 vectors.
  package enum Shape: Hashable, Sendable { case maps, vectors }

  package var shape: Shape
  package var channelsPerJoint = 1
  /// Whether mirroring the picture reverses the rows.
  package var isAlongX = true
  /// The channel of a joint that holds distances along x, which change their sign in the mirror.
  package var mirroredChannel: Int?

  static let heatmaps = OutputLayout(shape: .maps)
}

extension KeypointCodec {
  /// The decoder for inputs of the given size in pixels and the joints of `skeleton`.
  package func decoder(inputWidth: Int, inputHeight: Int, skeleton: Skeleton) -> any KeypointDecoder {
    let input = InputSize(width: inputWidth, height: inputHeight)
    switch self {
    case .heatmap:
      return QuarterOffsetDecoder(input: input)
    case .heatmapDark(let blurKernel):
      return DarkDecoder(input: input, blurKernel: blurKernel)
    case .heatmapUDP(let blurKernel):
      return UDPDecoder(input: input, blurKernel: blurKernel)
    case .heatmapUDPCombined(let blurKernel, let radiusFactor):
      return UDPCombinedDecoder(input: input, blurKernel: blurKernel, radiusFactor: radiusFactor)
    case .simcc(let splitRatio, let darkSigma):
      return SimCCDecoder(splitRatio: splitRatio, darkSigma: darkSigma)
    case .heatmapSoftmax(let temperature, let nullLogit):
      return SoftmaxDecoder(
        input: input, sigmas: skeleton.sigmas, temperature: Float(temperature), nullLogit: Float(nullLogit))
    }
  }
}

/// The size of a network's input in pixels, and the way to it from map pixels.
struct InputSize: Hashable, Sendable {
  var width: Int
  var height: Int

  /// Classic: map pixel × input / map.
  func keypoint(x: Double, y: Double, in maps: PredictionMaps, score: Float) -> DecodedKeypoint? {
    DecodedKeypoint(
      x: x * Double(width) / Double(maps.width), y: y * Double(height) / Double(maps.height), score: score)
  }

  /// UDP: map pixel / (map - 1) × input.
  func unbiasedKeypoint(x: Double, y: Double, in maps: PredictionMaps, score: Float) -> DecodedKeypoint? {
    DecodedKeypoint(
      x: x / Double(maps.width - 1) * Double(width), y: y / Double(maps.height - 1) * Double(height), score: score)
  }
}
