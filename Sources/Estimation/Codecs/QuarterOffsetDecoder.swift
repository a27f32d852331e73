/// The maximum of a heatmap, moved a quarter pixel towards the higher neighbour along each axis.
///
/// Xiao et al., "Simple Baselines for Human Pose Estimation and Tracking", 2018; the borders as in mmpose 1.x
/// `refine_keypoints`.
struct QuarterOffsetDecoder: KeypointDecoder {
  let input: InputSize
  let outputs = [OutputLayout.heatmaps]

  func decode(_ outputs: [PredictionMaps]) -> [DecodedKeypoint?] {
    let maps = outputs[0]
    let (width, height) = (maps.width, maps.height)
    return (0..<maps.channels).map { channel in
      guard let peak = maps.peak(channel) else { return nil }
      var x = Double(peak.x)
      var y = Double(peak.y)
      maps.withMap(channel) { map in
        let center = peak.y * width + peak.x
        if peak.x > 1 && peak.x < width - 1 && peak.y > 0 {
          x += quarterStep(map[center + 1] - map[center - 1])
        }
        if peak.y > 1 && peak.y < height - 1 && peak.x > 0 {
          y += quarterStep(map[center + width] - map[center - width])
        }
      }
      return input.keypoint(x: x, y: y, in: maps, score: peak.value)
    }
  }

  private func quarterStep(_ difference: Float) -> Double {
    difference > 0 ? 0.25 : difference < 0 ? -0.25 : 0
  }
}
