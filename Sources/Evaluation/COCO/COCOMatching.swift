/// Finds for every detection of an image the labelled object it stands for, as `evaluateImg` of pycocotools 2.0.
struct COCOMatching {
  struct Truth {
    var area: Double
    /// Takes any number of detections.
    var isCrowd: Bool
    /// Counts neither as found nor as missed.
    var isIgnored: Bool
  }

  struct Detection {
    var score: Double
    var area: Double
  }

  /// What became of a detection at one threshold.
  enum Verdict { case found, wrong, ignored }

  /// For each threshold the verdict on each detection.
  var verdicts: [[Verdict]]
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
    verdicts = Self.thresholds.map { threshold in
      var taken = [Bool](repeating: false, count: truths.count)
      return detections.indices.map { detection in
        var best = min(threshold, 1 - 1e-10)
        var match: Int?
        for (place, truth) in order.enumerated() {
          if taken[truth], !truths[truth].isCrowd { continue }
          if let match, !ignored[match], ignored[truth] { break }
          if similarities[detection][place] < best { continue }
          best = similarities[detection][place]
          match = truth
        }
        guard let match else { return areas.contains(detections[detection].area) ? .wrong : .ignored }
        taken[match] = true
        return ignored[match] ? .ignored : .found
      }
    }
  }
}
