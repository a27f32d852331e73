internal import Foundation

/// The maxima of one vector along x and one along y; the score is the smaller of the two.
///
/// Li et al., "SimCC: a Simple Coordinate Classification Perspective for Human Pose Estimation", 2022; mmpose 1.x
/// `get_simcc_maximum` and `refine_simcc_dark`.
struct SimCCDecoder: KeypointDecoder {
  /// Bins an input pixel.
  let splitRatio: Double
  private let xBlur: GaussianBlur?
  private let yBlur: GaussianBlur?
  let outputs = [
    OutputLayout(shape: .vectors), OutputLayout(shape: .vectors, isAlongX: false),
  ]

  /// `darkSigma`: the deviations along x and y the network was trained with, where the maxima are to be refined.
  init(splitRatio: Double, darkSigma: [Double]?) {
    self.splitRatio = splitRatio
    xBlur = darkSigma.map { Self.blur(deviation: $0[0]) }
    yBlur = darkSigma.map { Self.blur(deviation: $0[1]) }
  }

  func decode(_ outputs: [PredictionMaps]) -> [DecodedKeypoint?] {
    (0..<outputs[0].channels).map { joint in
      guard let x = outputs[0].peak(joint), let y = outputs[1].peak(joint) else { return nil }
      return DecodedKeypoint(
        x: position(x, outputs[0], joint, xBlur) / splitRatio, y: position(y, outputs[1], joint, yBlur) / splitRatio,
        score: min(x.value, y.value))
    }
  }

  private func position(_ peak: Peak, _ vectors: PredictionMaps, _ joint: Int, _ blur: GaussianBlur?) -> Double {
    guard let blur else { return Double(peak.x) }
    let vector = vectors.modulated(joint, blur, peak: peak.value)
    func level(_ offset: Int) -> Float {
      log(min(max(vector[min(max(peak.x + offset, 0), vector.count - 1)], 1e-3), 50))
    }
    let slope = Double(0.5 * (level(1) - level(-1)))
    let curvature = 1e-9 + Double(0.25 * (level(2) - 2 * level(0) + level(-2)))
    return Double(peak.x) - slope / curvature
  }

  /// mmpose's kernel size for a deviation, made odd.
  private static func blur(deviation: Double) -> GaussianBlur {
    let size = Int(((deviation * 20 - 7) / 3).rounded(.down))
    return GaussianBlur(kernelSize: max(1, size % 2 == 0 ? size - 1 : size), border: .zero)
  }
}
