/// A way of smoothing tracks: what it is called, what it can be told, and the filter that comes of it.
package struct SmoothingMethod: Sendable {
  package struct Parameter: Sendable {
    package let name: String
    package let summary: String
    /// Taken where nothing is said.
    package let value: Double
    /// `s`, `Hz`, or none.
    package let unit: String
    package let range: ClosedRange<Double>
    var isWhole = false
  }

  enum Filter: Sendable {
    /// Knows nothing of later frames.
    case online(SmootherOptions)
    case whole(any SignalFilter)
  }

  /// As it is named on the command line.
  package let name: String
  /// What it is, in a few words.
  package let summary: String
  package let parameters: [Parameter]
  let filter: @Sendable (_ parameters: [String: Double]) -> Filter
}

extension SmoothingMethod {
  /// All there are. A new one is added here, and nowhere else.
  package static let all = [oneEuro, savitzkyGolay, butterworth, kalman, median, hampel]

  static func named(_ name: String) -> SmoothingMethod? { all.first { $0.name == name } }

  static let oneEuro = SmoothingMethod(
    name: "one-euro", summary: "1€ filter: calm at rest, quick in motion; looks at no later frame",
    parameters: [
      Parameter(name: "min-cutoff", summary: "cut-off at rest", value: 1, unit: "Hz", range: 0.001...1000),
      Parameter(
        name: "responsiveness", summary: "rise of the cut-off for every height of the person a second", value: 10,
        unit: "Hz", range: 0...1000),
      Parameter(name: "speed-cutoff", summary: "cut-off for the speed", value: 1, unit: "Hz", range: 0.001...1000),
    ],
    filter: { parameters in
      var options = SmootherOptions()
      options.minimumCutoff = parameters["min-cutoff"] ?? options.minimumCutoff
      options.responsiveness = parameters["responsiveness"] ?? options.responsiveness
      options.speedCutoff = parameters["speed-cutoff"] ?? options.speedCutoff
      return .online(options)
    })

  static let savitzkyGolay = SmoothingMethod(
    name: "savitzky-golay", summary: "polynomials fitted to the moments around each frame",
    parameters: [
      window(0.3, "what a polynomial is fitted to"),
      Parameter(
        name: "order", summary: "of the polynomials", value: 3, unit: "", range: 0...5, isWhole: true),
    ],
    filter: { .whole(SavitzkyGolay(window: $0["window"] ?? 0, order: Int($0["order"] ?? 0))) })

  static let butterworth = SmoothingMethod(
    name: "butterworth", summary: "low-pass of fourth order without lag, as is usual for motion capture",
    parameters: [cutoff(6)], filter: { .whole(Butterworth(cutoff: $0["cutoff"] ?? 0)) })

  static let kalman = SmoothingMethod(
    name: "kalman", summary: "Kalman filter there and back; the less certain a joint, the calmer",
    parameters: [cutoff(6)], filter: { .whole(KalmanSmoother(cutoff: $0["cutoff"] ?? 0)) })

  static let median = SmoothingMethod(
    name: "median", summary: "the middle value of the moments around each frame",
    parameters: [window(0.2, "what the middle is taken of")],
    filter: { .whole(MedianFilter(window: $0["window"] ?? 0)) })

  static let hampel = SmoothingMethod(
    name: "hampel", summary: "the middle value in place of outliers, the rest untouched",
    parameters: [
      window(0.4, "what an outlier is measured by"),
      Parameter(
        name: "threshold", summary: "standard deviations of an outlier", value: 3, unit: "", range: 0...100),
    ],
    filter: { .whole(HampelFilter(window: $0["window"] ?? 0, threshold: $0["threshold"] ?? 0)) })

  private static func window(_ value: Double, _ summary: String) -> Parameter {
    Parameter(name: "window", summary: summary, value: value, unit: "s", range: 0.001...60)
  }

  private static func cutoff(_ value: Double) -> Parameter {
    Parameter(
      name: "cutoff", summary: "motion of this frequency keeps 71 %", value: value, unit: "Hz", range: 0.05...1000)
  }
}
