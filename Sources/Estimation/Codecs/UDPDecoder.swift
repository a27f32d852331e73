internal import Foundation

/// DARK's refinement with one-pixel second differences on unbiased coordinates.
///
/// Huang et al., "The Devil is in the Details: Delving into Unbiased Data Processing for Human Pose Estimation", 2020;
/// mmpose 1.x `refine_keypoints_dark_udp`.
struct UDPDecoder: KeypointDecoder {
  let input: InputSize
  let blur: GaussianBlur
  let outputs = [OutputLayout.heatmaps]

  init(input: InputSize, blurKernel: Int) {
    self.input = input
    blur = GaussianBlur(kernelSize: blurKernel, border: .zero)
  }

  func decode(_ outputs: [PredictionMaps]) -> [DecodedKeypoint?] {
    let maps = outputs[0]
    return (0..<maps.channels).map { channel in
      guard let peak = maps.peak(channel) else { return nil }
      let map = maps.modulated(channel, blur, peak: peak.value)
      let step = Self.newtonStep(width: maps.width, height: maps.height, x: peak.x, y: peak.y) {
        map[$1 * maps.width + $0]
      }
      return input.unbiasedKeypoint(
        x: Double(peak.x) + step.x, y: Double(peak.y) + step.y, in: maps, score: peak.value)
    }
  }

  /// From a pixel to the maximum near it, on a blurred map that `value` gives pixels of, by x and y. Beyond the border the edge
  /// is repeated.
  static func newtonStep(
    width: Int, height: Int, x: Int, y: Int, value: (Int, Int) -> Float
  ) -> (x: Double, y: Double) {
    func level(_ dx: Int, _ dy: Int) -> Float {
      let column = min(max(x + dx, 0), width - 1)
      let row = min(max(y + dy, 0), height - 1)
      return log(min(max(value(column, row), 1e-3), 50))
    }
    let center = level(0, 0)
    let (right, left, below, above) = (level(1, 0), level(-1, 0), level(0, 1), level(0, -1))
    let dx = Double(0.5 * (right - left))
    let dy = Double(0.5 * (below - above))
    let epsilon = Double(Float.ulpOfOne)
    let dxx = Double(right - 2 * center + left) + epsilon
    let dyy = Double(below - 2 * center + above) + epsilon
    let dxy = Double(0.5 * (level(1, 1) - right - below + center + center - left - above + level(-1, -1)))
    let determinant = dxx * dyy - dxy * dxy
    return ((dxy * dy - dyy * dx) / determinant, (dxy * dx - dxx * dy) / determinant)
  }
}
