/// What HOTA sums up over sequences, at each of its 19 limits of similarity: Luiten et al., *HOTA: A Higher Order Metric for
/// Evaluating Multi-Object Tracking*, IJCV 2021, as TrackEval counts.
struct HOTATotals: Sendable {
  /// 0.05, 0.10 … 0.95 as NumPy spaces them.
  static let limits: [Double] = (0..<19).map { 0.05 + Double($0) * 0.05 }

  var matches = [Double](repeating: 0, count: limits.count)
  var misses = [Double](repeating: 0, count: limits.count)
  var falseAlarms = [Double](repeating: 0, count: limits.count)
  /// Sums over the matches of their similarity, and of how well the two tracks agree that they belong to.
  var similarity = [Double](repeating: 0, count: limits.count)
  var association = [Double](repeating: 0, count: limits.count)
  var associationRecall = [Double](repeating: 0, count: limits.count)
  var associationPrecision = [Double](repeating: 0, count: limits.count)
  /// The same of unbroken pieces of tracks, which only the keypoint HOTA of PoseTrack21 knows.
  var fragments = [Double](repeating: 0, count: limits.count)

  mutating func add(_ other: HOTATotals) {
    for level in Self.limits.indices {
      matches[level] += other.matches[level]
      misses[level] += other.misses[level]
      falseAlarms[level] += other.falseAlarms[level]
      similarity[level] += other.similarity[level]
      association[level] += other.association[level]
      associationRecall[level] += other.associationRecall[level]
      associationPrecision[level] += other.associationPrecision[level]
      fragments[level] += other.fragments[level]
    }
  }

  /// Figures at each limit.
  struct Figures: Sendable {
    var names: [String] = []
    private var values: [String: [Double]] = [:]

    subscript(name: String) -> [Double] {
      get { values[name, default: []] }
      set {
        if values.updateValue(newValue, forKey: name) == nil { names.append(name) }
      }
    }

    func mean(_ name: String) -> Double { self[name].reduce(0, +) / Double(HOTATotals.limits.count) }
  }

  var figures: Figures {
    func share(_ part: [Double], of whole: [Double]) -> [Double] { zip(part, whole).map { $0 / max(1, $1) } }
    func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }
    func geometric(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { ($0 * $1).squareRoot() } }
    let detection = share(matches, of: sum(matches, sum(misses, falseAlarms)))
    let detectionRecall = share(matches, of: sum(matches, misses))
    let association = share(association, of: matches)
    var figures = Figures()
    figures["HOTA"] = geometric(detection, association)
    figures["DetA"] = detection
    figures["AssA"] = association
    figures["DetRe"] = detectionRecall
    figures["DetPr"] = share(matches, of: sum(matches, falseAlarms))
    figures["AssRe"] = share(associationRecall, of: matches)
    figures["AssPr"] = share(associationPrecision, of: matches)
    figures["LocA"] = zip(similarity, matches).map { max(1e-10, $0) / max(1e-10, $1) }
    figures["OWTA"] = geometric(detectionRecall, association)
    let fragments = share(fragments, of: matches)
    figures["FragA"] = fragments
    figures["FA-HOTA"] = geometric(detection, geometric(association, fragments))
    return figures
  }
}
