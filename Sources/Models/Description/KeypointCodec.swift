/// How a pose network writes keypoints into its output, with the parameters that reading them needs.
package enum KeypointCodec: Hashable, Sendable {
  /// One map a keypoint, its maximum moved a quarter pixel towards the higher neighbour (SimpleBaseline, HRNet;
  /// mmpose `MSRAHeatmap`).
  case heatmap
  /// The maximum refined on the blurred, logarithmic map (DARK; mmpose `MSRAHeatmap` with `unbiased`).
  case heatmapDark(blurKernel: Int)
  /// The same on unbiased coordinates (UDP; mmpose `UDPHeatmap`).
  case heatmapUDP(blurKernel: Int)
  /// A classification map and two offset maps a keypoint, offsets in units of `radiusFactor` times the longer side of
  /// the map (UDP; mmpose `UDPHeatmap` with `combined`).
  case heatmapUDPCombined(blurKernel: Int, radiusFactor: Double)
  /// One vector along x and one along y, `splitRatio` bins an input pixel (SimCC, RTMPose; mmpose `SimCCLabel`). Where
  /// `darkSigma` is given the maxima are refined like DARK's.
  case simcc(splitRatio: Double, darkSigma: [Double]?)
  /// One map of logits a keypoint, divided by `temperature`; softmax over its cells and one more cell of `nullLogit` that
  /// stands for "not here". The position is where the expected OKS is highest, the score that OKS. This program's own.
  case heatmapSoftmax(temperature: Double = 1, nullLogit: Double = 0)

  /// The name in a description.
  package var type: String {
    switch self {
    case .heatmap: "heatmap"
    case .heatmapDark: "heatmap_dark"
    case .heatmapUDP: "heatmap_udp"
    case .heatmapUDPCombined: "heatmap_udp_combined"
    case .simcc: "simcc"
    case .heatmapSoftmax: "heatmap_softmax"
    }
  }

  /// Whether the crop and the way back use the unbiased geometry of UDP unless the description says otherwise.
  package var usesUDPGeometry: Bool {
    switch self {
    case .heatmapUDP, .heatmapUDPCombined: true
    case .heatmap, .heatmapDark, .simcc, .heatmapSoftmax: false
    }
  }

  static let types = [
    "heatmap", "heatmap_dark", "heatmap_udp", "heatmap_udp_combined", "simcc", "heatmap_softmax",
  ]
}

extension KeypointCodec: Codable {
  private enum Keys: String, CodingKey {
    case type
    case blurKernel = "blur_kernel"
    case radiusFactor = "radius_factor"
    case splitRatio = "split_ratio"
    case darkSigma = "dark_sigma"
    case temperature, stride
    case nullLogit = "null_logit"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DescriptionKey.self)
    func blurKernel() throws -> Int {
      let kernel = try container.decodeIfPresent(Int.self, forKey: .init(Keys.blurKernel)) ?? 11
      try container.check(Keys.blurKernel, (1...255).contains(kernel) && kernel % 2 == 1, "an odd number up to 255")
      return kernel
    }
    func positive(_ key: Keys, default standard: Double) throws -> Double {
      let value = try container.decodeIfPresent(Double.self, forKey: .init(key)) ?? standard
      try container.check(key, value.isFinite && value > 0, "a positive number")
      return value
    }
    let known: [Keys]
    switch try container.decode(String.self, forKey: .init(Keys.type)) {
    case "heatmap":
      self = .heatmap
      known = []
    case "heatmap_dark":
      self = .heatmapDark(blurKernel: try blurKernel())
      known = [.blurKernel]
    case "heatmap_udp":
      self = .heatmapUDP(blurKernel: try blurKernel())
      known = [.blurKernel]
    case "heatmap_udp_combined":
      self = .heatmapUDPCombined(
        blurKernel: try blurKernel(), radiusFactor: try positive(.radiusFactor, default: 0.0546875))
      known = [.blurKernel, .radiusFactor]
    case "simcc":
      let sigma = try container.decodeIfPresent([Double].self, forKey: .init(Keys.darkSigma))
      try container.check(
        Keys.darkSigma, sigma.map { $0.count == 2 && $0.allSatisfy { $0 >= 0.5 && $0 <= 30 } } ?? true,
        "two numbers from 0.5 to 30: the deviations along x and y")
      self = .simcc(splitRatio: try positive(.splitRatio, default: 2), darkSigma: sigma)
      known = [.splitRatio, .darkSigma]
    case "heatmap_softmax":
      let nullLogit = try container.decodeIfPresent(Double.self, forKey: .init(Keys.nullLogit)) ?? 0
      try container.check(Keys.nullLogit, nullLogit.isFinite, "a number")
      self = .heatmapSoftmax(temperature: try positive(.temperature, default: 1), nullLogit: nullLogit)
      // `stride` says what the sizes of input and output say too.
      known = [.temperature, .nullLogit, .stride]
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .init(Keys.type), in: container,
        debugDescription: "must be one of \(Self.types.joined(separator: ", "))")
    }
    try container.rejectUnknownKeys(([.type] + known).map(\.stringValue))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(type, forKey: .type)
    switch self {
    case .heatmap:
      break
    case .heatmapDark(let blurKernel), .heatmapUDP(let blurKernel):
      try container.encode(blurKernel, forKey: .blurKernel)
    case .heatmapUDPCombined(let blurKernel, let radiusFactor):
      try container.encode(blurKernel, forKey: .blurKernel)
      try container.encode(radiusFactor, forKey: .radiusFactor)
    case .simcc(let splitRatio, let darkSigma):
      try container.encode(splitRatio, forKey: .splitRatio)
      try container.encodeIfPresent(darkSigma, forKey: .darkSigma)
    case .heatmapSoftmax(let temperature, let nullLogit):
      try container.encode(temperature, forKey: .temperature)
      try container.encode(nullLogit, forKey: .nullLogit)
    }
  }
}
