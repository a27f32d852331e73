internal import Foundation

/// The maximum of a heatmap refined by one Newton step on the logarithm of the blurred map.
///
/// Zhang et al., "Distribution-Aware Coordinate Representation for Human Pose Estimation", 2020; mmpose 1.x
/// `refine_keypoints_dark`.
struct DarkDecoder: KeypointDecoder {
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
      var x = Double(peak.x)
      var y = Double(peak.y)
      if peak.x > 1 && peak.x < maps.width - 2 && peak.y > 1 && peak.y < maps.height - 2 {
        let map = maps.modulated(channel, blur, peak: peak.value)
        let step = newtonStep(map, width: maps.width, x: peak.x, y: peak.y)
        x += step.x
        y += step.y
      }
      return input.keypoint(x: x, y: y, in: maps, score: peak.value)
    }
  }

  private func newtonStep(_ map: [Float], width: Int, x: Int, y: Int) -> (x: Double, y: Double) {
    func level(_ dx: Int, _ dy: Int) -> Float { log(max(map[(y + dy) * width + x + dx], 1e-10)) }
    let dx = Double(0.5 * (level(1, 0) - level(-1, 0)))
    let dy = Double(0.5 * (level(0, 1) - level(0, -1)))
    let dxx = Double(0.25 * (level(2, 0) - 2 * level(0, 0) + level(-2, 0)))
    let dyy = Double(0.25 * (level(0, 2) - 2 * level(0, 0) + level(0, -2)))
    let dxy = Double(0.25 * (level(1, 1) - level(1, -1) - level(-1, 1) + level(-1, -1)))
    let determinant = dxx * dyy - dxy * dxy
    guard determinant != 0 else { return (0, 0) }
    return ((dxy * dy - dyy * dx) / determinant, (dxy * dx - dxx * dy) / determinant)
  }
}
