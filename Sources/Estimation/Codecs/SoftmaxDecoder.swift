internal import Foundation

/// Softmax over the cells of a map of logits and one cell that stands for "not here", then the place with the highest
/// expected OKS.
///
/// The codec of the network embedded in this program. The softmax is read as the probability of the joint being in each
/// cell; blurred with the OKS of the joint for a person of typical size in the crop, it is the OKS to be expected of each
/// place. The score is the expected OKS of the place chosen, in 0…1. After Purkrabek, Matas, *ProbPose: A Probabilistic
/// Approach to 2D Human Pose Estimation*, CVPR 2025.
struct SoftmaxDecoder: KeypointDecoder {
  let input: InputSize
  /// The OKS sigma of each joint.
  let sigmas: [Double]
  let temperature: Float
  let nullLogit: Float
  let outputs = [OutputLayout.heatmaps]

  /// The square root of a person's area over the height of the crop, for a box of 0.45 : 1 padded by 1.25, 53 % of which
  /// is person.
  private static let typicalScale = 0.39

  func prepare(_ outputs: [PredictionMaps]) -> [PredictionMaps] {
    var maps = outputs[0]
    let size = maps.width * maps.height
    maps.values.withUnsafeMutableBufferPointer { values in
      for start in stride(from: 0, to: values.count, by: size) {
        softmax(UnsafeMutableBufferPointer(rebasing: values[start..<start + size]))
      }
    }
    return [maps]
  }

  func decode(_ outputs: [PredictionMaps]) -> [DecodedKeypoint?] {
    let maps = outputs[0]
    let (width, height) = (maps.width, maps.height)
    return (0..<maps.channels).map { channel in
      let deviation = 2 * sigmas[channel] * Self.typicalScale * Double(height)
      let tolerance = GaussianBlur(unscaledDeviation: deviation, border: .zero)
      let expected = maps.withMap(channel) { tolerance.blurred($0, width: width, height: height) }
      guard let peak = expected.withUnsafeBufferPointer({ Peak(of: $0, width: width) }) else { return nil }
      let index = peak.y * width + peak.x
      let inRow = peak.x > 0 && peak.x < width - 1
      let inColumn = peak.y > 0 && peak.y < height - 1
      let dx = inRow ? vertex(expected[index - 1], peak.value, expected[index + 1]) : 0
      let dy = inColumn ? vertex(expected[index - width], peak.value, expected[index + width]) : 0
      return input.keypoint(
        x: Double(peak.x) + dx, y: Double(peak.y) + dy, in: maps, score: min(peak.value, 1))
    }
  }

  /// Where the parabola through three equidistant values, the middle one highest, has its maximum: -0.5…0.5.
  private func vertex(_ before: Float, _ middle: Float, _ after: Float) -> Double {
    let curvature = before - 2 * middle + after
    return curvature < 0 ? Double((before - after) / (2 * curvature)) : 0
  }

  private func softmax(_ values: UnsafeMutableBufferPointer<Float>) {
    var highest = nullLogit
    for value in values { highest = max(highest, value / temperature) }
    var sum = exp(nullLogit - highest)
    for index in values.indices {
      values[index] = exp(values[index] / temperature - highest)
      sum += values[index]
    }
    for index in values.indices {
      values[index] /= sum
    }
  }
}
