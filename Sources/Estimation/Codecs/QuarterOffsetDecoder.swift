/// The maximum of a heatmap, moved a quarter pixel towards the higher neighbour along each axis.
///
/// Xiao et al., "Simple Baselines for Human Pose Estimation and Tracking", 2018; the borders as in mmpose 1.x
/// `refine_keypoints`.
struct QuarterOffsetDecoder: KeypointDecoder {
  let input: InputSize
  let outputs = [OutputLayout.heatmaps]

  func decode(_ outputs: [PredictionMaps]) -> [DecodedKeypoint?] {
    let maps = outputs[0]
    return (0..<maps.channels).map { channel in
      guard let peak = maps.peak(channel) else { return nil }
      let step = maps.withMap(channel) {
        $0.quarterStep(width: maps.width, height: maps.height, x: peak.x, y: peak.y)
      }
      return input.keypoint(x: Double(peak.x) + step.x, y: Double(peak.y) + step.y, in: maps, score: peak.value)
    }
  }
}

extension UnsafeBufferPointer<Float> {
  /// A quarter pixel towards the higher neighbours of a pixel of the map, along each axis; none near the border.
  func quarterStep(width: Int, height: Int, x: Int, y: Int) -> (x: Double, y: Double) {
    let center = y * width + x
    func quarter(_ difference: Float) -> Double { difference > 0 ? 0.25 : difference < 0 ? -0.25 : 0 }
    return (
      x > 1 && x < width - 1 && y > 0 ? quarter(self[center + 1] - self[center - 1]) : 0,
      y > 1 && y < height - 1 && x > 0 ? quarter(self[center + width] - self[center - width]) : 0
    )
  }
}
