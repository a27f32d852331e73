/// The maximum of a blurred classification map plus the offset found there.
///
/// Three maps a joint: label, offset along x, offset along y, the offsets in units of a radius. Huang et al. 2020;
/// mmpose 1.x `UDPHeatmap` with `combined`.
struct UDPCombinedDecoder: KeypointDecoder {
  let input: InputSize
  let blur: GaussianBlur
  let radiusFactor: Double
  let outputs = [OutputLayout(shape: .maps, channelsPerJoint: 3, mirroredChannel: 1)]

  init(input: InputSize, blurKernel: Int, radiusFactor: Double) {
    self.input = input
    self.radiusFactor = radiusFactor
    blur = GaussianBlur(kernelSize: 2 * blurKernel + 1, border: .mirrored)
  }

  func decode(_ outputs: [PredictionMaps]) -> [DecodedKeypoint?] {
    let maps = outputs[0]
    let radius = radiusFactor * Double(max(maps.width, maps.height))
    return (0..<maps.channels / 3).map { joint in
      let labels = maps.withMap(3 * joint) { blur.blurred($0, width: maps.width, height: maps.height) }
      guard let peak = labels.withUnsafeBufferPointer({ Peak(of: $0, width: maps.width) }) else { return nil }
      let index = peak.y * maps.width + peak.x
      let dx = maps.withMap(3 * joint + 1) { Double($0[index]) * radius }
      let dy = maps.withMap(3 * joint + 2) { Double($0[index]) * radius }
      return input.unbiasedKeypoint(x: Double(peak.x) + dx, y: Double(peak.y) + dy, in: maps, score: peak.value)
    }
  }
}
