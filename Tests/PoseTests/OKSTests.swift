import Pose
import Testing

@Suite struct `Object keypoint similarity` {
  struct Pairs: Decodable {
    struct Case: Decodable {
      struct Truth: Decodable {
        var keypoints: [Double]
        var bbox: [Double]
        var area: Double
      }
      var dataset: String
      var gt: Truth
      var detections: [[Double]]
      var oks: [Double]
    }
    var sigmas: [String: [Double]]
    var cases: [Case]
  }

  @Test func `labelled pairs score as in pycocotools`() throws {
    let pairs = try fixture("oks-pairs", as: Pairs.self)
    for pair in pairs.cases {
      let oks = OKS(sigmas: try #require(pairs.sigmas[pair.dataset]))
      let box = Box(x: pair.gt.bbox[0], y: pair.gt.bbox[1], width: pair.gt.bbox[2], height: pair.gt.bbox[3])
      for (detection, expected) in zip(pair.detections, pair.oks) {
        let result = oks.coco(
          truth: triples(pair.gt.keypoints).map { $0.score > 0 ? $0.point : nil }, box: box, area: pair.gt.area,
          detection: triples(detection).map(\.point))
        #expect(abs(result - expected) < 1e-9, "\(pair.dataset)")
      }
    }
  }

  struct Estimates: Decodable {
    var sigmas: [Double]?
    var g: [Double]
    var d: [[Double]]
    var areaG: Double
    var areaD: [Double]
    var expected: [Double]
  }

  @Test func `estimated pairs score as in MMPose`() throws {
    for group in try fixture("oks-iou", as: [Estimates].self) {
      let oks = OKS(sigmas: group.sigmas ?? Skeleton.coco17.sigmas)
      for (index, detection) in group.d.enumerated() {
        let result = oks.similarity(
          triples(group.g), triples(detection), areas: (group.areaG, group.areaD[index]))
        #expect(abs(result - group.expected[index]) < 1e-5)
      }
    }
  }

  @Test func `pose without a common joint above the threshold is not similar`() {
    let keypoints = [Keypoint(Point(x: 1, y: 1), score: 0.4)]
    let oks = OKS(sigmas: [0.1])
    #expect(oks.similarity(keypoints, keypoints, areas: (10, 10), threshold: 0.5) == 0)
    #expect(oks.similarity(keypoints, keypoints, areas: (10, 10), threshold: 0.3) == 1)
    #expect(oks.similarity(keypoints, [nil], areas: (10, 10)) == 0)
  }
}

/// x, y, score by threes.
func triples(_ numbers: [Double]) -> [Keypoint] {
  stride(from: 0, to: numbers.count, by: 3).map {
    Keypoint(Point(x: numbers[$0], y: numbers[$0 + 1]), score: numbers[$0 + 2])
  }
}
