/// Finds for every detection of an image the labelled object it stands for, as `evaluateImg` of pycocotools 2.0.
struct COCOMatching {
  struct Truth {
    var area: Double
    /// Takes any number of detections.
    var isCrowd: Bool
    /// Counts neither as found nor as missed.
    var isIgnored: Bool
    /// Whether who finds it has found nobody: its id is 0, by which `evaluateImg` marks detections without a match.
    var isLost = false
  }

  struct Detection {
    var score: Double
    var area: Double
  }

  /// What became of a detection at one threshold.
  enum Verdict: UInt32 { case found, wrong, ignored }

  /// What became of a detection at every threshold.
  struct Verdicts {
    private var bits: UInt32 = 0

    subscript(threshold: Int) -> Verdict {
      get { Verdict(rawValue: bits >> (2 * UInt32(threshold)) & 3) ?? .ignored }
      set { bits = bits & ~(3 << (2 * UInt32(threshold))) | newValue.rawValue << (2 * UInt32(threshold)) }
    }
  }

  /// In the order of the detections.
  var verdicts: [Verdicts]
  /// The number of objects that were to be found.
  var expected: Int

  /// 0.50, 0.55 … 0.95 as NumPy spaces them.
  static let thresholds: [Double] = {
    let step = (0.95 - 0.5) / 9
    return (0..<9).map { Double($0) * step + 0.5 } + [0.95]
  }()

  /// - Parameters:
  ///   - detections: The best first.
  ///   - similarity: Of a detection with an object, by their indices.
  ///   - areas: Objects outside are ignored, and so are unmatched detections outside.
  init(
    _ truths: [Truth], _ detections: [Detection], areas: ClosedRange<Double>,
    similarity: (_ detection: Int, _ truth: Int) -> Double
  ) {
    let ignored = truths.map { $0.isIgnored || !areas.contains($0.area) }
    let order = truths.indices.filter { !ignored[$0] } + truths.indices.filter { ignored[$0] }
    expected = ignored.count { !$0 }
    let similarities = detections.indices.map { detection in order.map { similarity(detection, $0) } }
    verdicts = Array(repeating: Verdicts(), count: detections.count)
    for (level, threshold) in Self.thresholds.enumerated() {
      var taken = [Bool](repeating: false, count: truths.count)
      for detection in detections.indices {
        var best = min(threshold, 1 - 1e-10)
        var match: Int?
        for (place, truth) in order.enumerated() {
          if taken[truth], !truths[truth].isCrowd { continue }
          if let match, !ignored[match], ignored[truth] { break }
          if similarities[detection][place] < best { continue }
          best = similarities[detection][place]
          match = truth
        }
        if let match {
          taken[match] = true
          verdicts[detection][level] = ignored[match] ? .ignored : .found
        }
        if match.map({ truths[$0].isLost && !ignored[$0] }) ?? true {
          verdicts[detection][level] = areas.contains(detections[detection].area) ? .wrong : .ignored
        }
      }
    }
  }
}
