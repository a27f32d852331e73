package import Models

/// How mmpose's settings say that keypoints are coded.
package struct ReferenceCodec: Decodable {
  private var type: String
  private var unbiased: Bool?
  private var heatmapType: String?
  private var simccSplitRatio: Double?

  /// nil where we have no such codec.
  package var codec: KeypointCodec? {
    switch type {
    case "MSRAHeatmap": unbiased == true ? .heatmapDark(blurKernel: 11) : .heatmap
    case "UDPHeatmap":
      heatmapType == "combined"
        ? .heatmapUDPCombined(blurKernel: 11, radiusFactor: 0.0546875) : .heatmapUDP(blurKernel: 11)
    case "SimCCLabel": .simcc(splitRatio: simccSplitRatio ?? 2, darkSigma: nil)
    default: nil
    }
  }
}
